SELECT t.id, t.state, t.person, p.state, p.identity, p.contacts, p.finder
FROM tags t JOIN people p ON p.network = t.network AND p.id = t.person
WHERE t.network = ?1 AND t.number_token = ?2
