//! Whoever changes the record of who saw what is found out.

use db::{Conn, Error, Sql, Value, args, sql};
use mimamori::audit::{self, Anchor, Fault, Fields, Line, Report, Verb};
use mimamori::ids::PersonId;
use mimamori::scope::{Role, Scope};

use crate::town::{Town, on_both};

/// A person who is only ever named by id here.
const SOMEBODY: PersonId = PersonId(77);

/// Writes lines, seals them, and gives their tickets with the newest seal.
async fn sealed_lines(town: &Town, count: usize) -> (Vec<i64>, Anchor) {
    let deed = town.deed_of(Role::CenterStaff).await;
    for at in 0..count {
        let line =
            Line::new(Verb::Saw, Some(SOMEBODY), Fields::IDENTITY).saying(format!("用件{at}"));
        audit::witness(town.db(), &deed, line).await.unwrap();
    }
    let sealed = audit::seal_round(town.db(), &deed).await.unwrap();
    assert!(sealed.lines >= count);
    (tickets(town).await, sealed.anchor.unwrap())
}

async fn tickets(town: &Town) -> Vec<i64> {
    let filter = audit::Filter {
        whose: Some(SOMEBODY),
        staff: None,
        verb: None,
        before: None,
        limit: 100,
    };
    let mut conn = town.db().read().await.unwrap();
    let scope = Scope::program(town.minami.id, "test");
    let entries = audit::list_entries(&mut conn, &scope, filter)
        .await
        .unwrap();
    let mut tickets: Vec<i64> = entries.iter().map(|entry| entry.ticket).collect();
    tickets.reverse();
    tickets
}

/// What somebody does who can write to the database but has no key.
async fn tamper(town: &Town, statement: Sql, values: Vec<Value>) {
    let done = town
        .db()
        .write(move |conn: &mut Conn| Box::pin(async move { conn.exec(statement, &values).await }));
    let rows: Result<u64, Error> = done.await;
    assert!(rows.unwrap() > 0, "nothing was tampered with");
}

async fn verified(town: &Town, anchor: Option<&Anchor>) -> Report {
    let deed = town.deed().await;
    let mut conn = town.db().read().await.unwrap();
    audit::verify(&mut conn, &deed.scope, &deed.keys, anchor, &mut |_| {})
        .await
        .unwrap()
}

async fn fault(town: &Town, anchor: Option<&Anchor>) -> Fault {
    verified(town, anchor)
        .await
        .fault
        .expect("the tampering was not found")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_untouched_record_holds_and_its_lines_are_counted() {
    on_both(async |town| {
        let (_, anchor) = sealed_lines(&town, 5).await;
        let deed = town.deed_of(Role::CenterStaff).await;
        let young = Line::new(Verb::Saw, Some(SOMEBODY), Fields::CARE);
        audit::witness(town.db(), &deed, young).await.unwrap();
        let report = verified(&town, Some(&anchor)).await;
        assert_eq!(report.fault, None);
        assert!(report.sealed >= 5);
        assert_eq!(report.unsealed, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_line_is_named_whatever_was_changed() {
    const CHANGES: [Sql; 6] = [
        sql("UPDATE audit_lines SET at = at + 1 WHERE network = $1 AND ticket = $2"),
        sql("UPDATE audit_lines SET actor = 5 WHERE network = $1 AND ticket = $2"),
        sql("UPDATE audit_lines SET whose = 78 WHERE network = $1 AND ticket = $2"),
        sql("UPDATE audit_lines SET verb = 'searched' WHERE network = $1 AND ticket = $2"),
        sql("UPDATE audit_lines SET why = 'task:1' WHERE network = $1 AND ticket = $2"),
        sql("UPDATE audit_lines SET detail = mac WHERE network = $1 AND ticket = $2"),
    ];
    on_both(async |town| {
        let (tickets, anchor) = sealed_lines(&town, 3 * CHANGES.len()).await;
        // From the newest to the oldest, so that each time the changed line is the first bad one.
        for (change, ticket) in CHANGES.into_iter().zip(tickets.iter().rev().step_by(3)) {
            tamper(&town, change, args![town.minami.id, *ticket].to_vec()).await;
            assert_eq!(
                fault(&town, Some(&anchor)).await,
                Fault::Altered(*ticket),
                "{}",
                change.text()
            );
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_line_is_named() {
    const DELETE: Sql = sql("DELETE FROM audit_lines WHERE network = $1 AND ticket = $2");
    on_both(async |town| {
        let (tickets, anchor) = sealed_lines(&town, 5).await;
        tamper(&town, DELETE, args![town.minami.id, tickets[2]].to_vec()).await;
        assert_eq!(
            fault(&town, Some(&anchor)).await,
            Fault::Missing(tickets[2])
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_added_line_is_named_also_with_a_copied_hash() {
    const FREE: Sql =
        sql("UPDATE audit_lines SET ticket = ticket + 1000 WHERE network = $1 AND ticket = $2");
    const COPY: Sql = sql(
        "INSERT INTO audit_lines (network, ticket, at, actor_kind, actor, whose, verb, fields, why, origin, detail, mac)
         SELECT network, $3, at, actor_kind, actor, whose, verb, fields, why, origin, detail, mac
         FROM audit_lines WHERE network = $1 AND ticket = $2",
    );
    on_both(async |town| {
        let (tickets, anchor) = sealed_lines(&town, 3).await;
        // A young line is put far behind; what lies between is then sealed over.
        let deed = town.deed().await;
        audit::witness(
            town.db(),
            &deed,
            Line::new(Verb::Saw, Some(SOMEBODY), Fields::CARE),
        )
        .await
        .unwrap();
        let young = *self::tickets(&town).await.last().unwrap();
        tamper(&town, FREE, args![town.minami.id, young].to_vec()).await;
        assert_eq!(
            fault(&town, Some(&anchor)).await,
            Fault::Altered(young + 1000)
        );
        tamper(
            &town,
            sql("DELETE FROM audit_lines WHERE network = $1 AND ticket = $2"),
            args![town.minami.id, young + 1000].to_vec(),
        )
        .await;
        assert_eq!(verified(&town, Some(&anchor)).await.fault, None);
        // A copy under a number of its own, among the young lines.
        tamper(
            &town,
            COPY,
            args![town.minami.id, tickets[0], young + 1].to_vec(),
        )
        .await;
        assert_eq!(fault(&town, Some(&anchor)).await, Fault::Altered(young + 1));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_that_changed_places_are_named() {
    const MOVE: Sql = sql("UPDATE audit_lines SET ticket = $3 WHERE network = $1 AND ticket = $2");
    on_both(async |town| {
        let (tickets, anchor) = sealed_lines(&town, 4).await;
        let id = town.minami.id;
        for (from, to) in [(tickets[1], -1), (tickets[2], tickets[1]), (-1, tickets[2])] {
            tamper(&town, MOVE, args![id, from, to].to_vec()).await;
        }
        assert_eq!(
            fault(&town, Some(&anchor)).await,
            Fault::Altered(tickets[1])
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seal_that_was_changed_or_taken_away_is_named() {
    on_both(async |town| {
        let (_, _) = sealed_lines(&town, 3).await;
        let (_, anchor) = sealed_lines(&town, 3).await;
        let shorter = sql("UPDATE audit_seals SET last_ticket = last_ticket + 1 WHERE network = $1 AND number = $2");
        tamper(&town, shorter, args![town.minami.id, 2].to_vec()).await;
        assert!(matches!(fault(&town, Some(&anchor)).await, Fault::Seal { number: 2, .. }));
        let gone = sql("DELETE FROM audit_seals WHERE network = $1 AND number = $2");
        tamper(&town, gone, args![town.minami.id, 1].to_vec()).await;
        assert!(matches!(fault(&town, Some(&anchor)).await, Fault::Seal { number: 1, .. }));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn cutting_off_the_end_with_its_seals_is_found_by_the_anchor() {
    on_both(async |town| {
        let (first, _) = sealed_lines(&town, 3).await;
        let (_, anchor) = sealed_lines(&town, 3).await;
        let last = *first.last().unwrap();
        let lines = sql("DELETE FROM audit_lines WHERE network = $1 AND ticket > $2");
        tamper(&town, lines, args![town.minami.id, last].to_vec()).await;
        let seals = sql("DELETE FROM audit_seals WHERE network = $1 AND last_ticket > $2");
        tamper(&town, seals, args![town.minami.id, last].to_vec()).await;
        assert_eq!(
            verified(&town, None).await.fault,
            None,
            "the rest is whole by itself"
        );
        let cut = Fault::CutOff {
            number: 1,
            anchored: anchor.number,
        };
        assert_eq!(fault(&town, Some(&anchor)).await, cut);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_elses_key_can_forge_nothing() {
    on_both(async |town| {
        let (tickets, anchor) = sealed_lines(&town, 2).await;
        // The neighbour town has keys, too, but they are not this town's.
        let other = town.app.program_deed(town.kitami.id, "test").await.unwrap();
        let mut conn = town.db().read().await.unwrap();
        let scope = Scope::program(town.minami.id, "test");
        let report =
            audit::verify(&mut conn, &scope, &other.keys, Some(&anchor), &mut |_| {}).await;
        assert!(report.unwrap().fault.is_some());
        assert!(tickets[0] < tickets[1]);
    })
    .await;
}
