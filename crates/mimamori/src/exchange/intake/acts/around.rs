//! What the words of a row lead to: centers by their names, people by id or by name and birth date.

use std::collections::HashMap;

use db::Conn;

use crate::deed::Deed;
use crate::exchange::intake::rules::{Reader, Refusal};
use crate::ids::{CenterId, PersonId};
use crate::networks;
use crate::people::{self, Identity};

/// People read at a time.
const MOST: u32 = 500;

/// How somebody stands in a list: name and birth date.
type Named = (String, String);

/// The town around a file.
pub struct Around {
    centers: Vec<(String, CenterId)>,
    /// Read when the first row has no id of this town.
    people: Option<HashMap<Named, Vec<PersonId>>>,
}

impl Around {
    /// Reads the centers.
    pub async fn read(conn: &mut Conn, deed: &Deed) -> Result<Around, Refusal> {
        let centers = networks::list_centers(conn, &deed.scope).await?;
        Ok(Around {
            centers: centers.into_iter().map(|one| (one.name, one.id)).collect(),
            people: None,
        })
    }

    /// The center of a cell; the town's where it is blank.
    pub fn center(&self, reader: &mut Reader<'_>, heading: &'static str) -> Option<CenterId> {
        let name = reader.cell(heading);
        let found = self.centers.iter().find(|(of, _)| of == name);
        if found.is_none() && !name.is_empty() {
            reader.fault(
                heading,
                "この町に、この名前のセンターはありません。先にセンターの一覧を取り込むか、名前を直してください。",
            );
        }
        found.map(|(_, id)| *id)
    }

    /// A center's name.
    pub fn center_name(&self, id: Option<CenterId>) -> String {
        let found = self.centers.iter().find(|(_, of)| Some(*of) == id);
        found.map_or(String::new(), |(name, _)| name.clone())
    }

    /// Whose row it is; a name alone is nobody. Nothing where all three cells are blank, or with a fault.
    pub async fn person(
        &mut self,
        conn: &mut Conn,
        deed: &Deed,
        reader: &mut Reader<'_>,
        headings: [&'static str; 3],
    ) -> Result<Option<PersonId>, Refusal> {
        let [name, born, id] = headings.map(|heading| reader.cell(heading));
        if name.is_empty() && born.is_empty() && id.is_empty() {
            return Ok(None);
        }
        if let Ok(id) = id.parse::<PersonId>()
            && let Some(now) = people::now_of(conn, deed, id).await?
        {
            let identity = people::find_group::<Identity>(conn, deed, now).await;
            let identity = identity.map_err(Refusal::room)?;
            let same = identity.is_some_and(|kept| kept.value.name.to_string() == name);
            if !same {
                reader.fault(
                    headings[0],
                    "登録者のIDの方と、氏名がちがいます。どちらかを直してください。",
                );
            }
            return Ok(same.then_some(now));
        }
        let known = match self.people.take() {
            Some(known) => known,
            None => everybody(conn, deed).await?,
        };
        let found = known.get(&(name.to_owned(), born.to_owned())).cloned();
        self.people = Some(known);
        match found.as_deref() {
            Some([only]) => Ok(Some(*only)),
            Some(_) => {
                reader.fault(
                    headings[0],
                    "同じ氏名・生年月日の方が2人以上います。登録者のIDを入れてください。",
                );
                Ok(None)
            }
            None => {
                reader.fault(
                    headings[0],
                    "氏名と生年月日の合う登録者がいません。先に登録者の名簿を取り込んでください。",
                );
                Ok(None)
            }
        }
    }
}

async fn everybody(conn: &mut Conn, deed: &Deed) -> Result<HashMap<Named, Vec<PersonId>>, Refusal> {
    let (mut all, mut after) = (HashMap::<Named, Vec<PersonId>>::new(), PersonId(0));
    loop {
        let ids = people::list_ids_after(conn, deed, after, MOST).await;
        let ids = ids.map_err(Refusal::room)?;
        let Some(last) = ids.last() else {
            return Ok(all);
        };
        after = *last;
        for id in ids {
            let identity = people::find_group::<Identity>(conn, deed, id).await;
            if let Some(kept) = identity.map_err(Refusal::room)? {
                let named = (kept.value.name.to_string(), kept.value.born.iso());
                all.entry(named).or_default().push(id);
            }
        }
    }
}
