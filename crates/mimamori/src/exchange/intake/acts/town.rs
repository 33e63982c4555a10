//! What a town says of itself: centers, organisations, organisations of agreements.

use std::collections::HashSet;

use db::Conn;

use super::Fact as Any;
use crate::deed::Deed;
use crate::exchange::intake::rules::{Match, Reader, Refusal, Verdict, matching, weigh};
use crate::exchange::lists::{List, STANDINGS, agreement_cells, center_cells, organisation_cells};
use crate::ids::{CenterId, RowId};
use crate::networks::{
    self, Center, ORGANISATION_KINDS, Organisation, bring_center_in, bring_organisation_in,
};
use crate::notices::{self, Agreement, Reach, Trade, bring_agreement_in};

/// The longest name.
const MOST_NAME: usize = 100;
/// The longest line of another kind.
const MOST_LINE: usize = 200;

const AMBIGUOUS: &str =
    "同じ名前のものが2つ以上あります。この町から書き出した一覧のIDを入れてください。";

/// What a row would write.
pub enum Fact {
    /// 関係機関
    Organisation(Organisation),
    /// センター
    Center(Center),
    /// 見守り協定の事業者
    Agreement(Agreement),
}

/// Writes it.
pub async fn write(conn: &mut Conn, deed: &Deed, fact: Fact, is_new: bool) -> Result<(), Refusal> {
    match fact {
        Fact::Organisation(of) => bring_organisation_in(conn, deed, of, is_new)
            .await
            .map_err(Refusal::room),
        Fact::Center(of) => bring_center_in(conn, deed, of, is_new)
            .await
            .map_err(Refusal::room),
        Fact::Agreement(of) => bring_agreement_in(conn, deed, of, is_new)
            .await
            .map_err(Refusal::room),
    }
}

/// When it was given up: as before where it stands so already.
fn closed(deed: &Deed, stands: Option<bool>, before: Option<i64>) -> Option<i64> {
    match stands {
        Some(false) => before.or(Some(deed.at())),
        _ => None,
    }
}

/// Judges rows of one kind among `all` that the town has of it. A row means one of
/// them by its `id` or `name`; `new` is made upon what the row means.
fn judged<T>(
    (list, all): (List, &[T]),
    rows: Vec<Reader<'_>>,
    id: impl Fn(&T) -> String,
    name: impl Fn(&T) -> &str,
    cells: impl Fn(&T) -> Vec<String>,
    new: impl Fn(&mut Reader<'_>, Option<&T>) -> Option<T>,
    fact: impl Fn(T) -> Fact,
) -> Vec<Verdict<Any>> {
    let (headings, mut used) = (list.columns(), HashSet::new());
    let judge = |mut reader: Reader<'_>| {
        let (given, called) = (reader.cell("ID"), reader.cell("名前"));
        let like = |one: &T| {
            let both = headings.iter().zip(cells(one));
            both.into_iter()
                .all(|(heading, cell)| reader.cell(heading) == cell)
        };
        let found = matching(
            all,
            &used,
            |one| id(one) == given,
            like,
            |one| name(one) == called,
        );
        let old = match found {
            Match::One(at) => {
                used.insert(at);
                Some(&all[at])
            }
            Match::None => None,
            Match::Many => {
                reader.fault("名前", AMBIGUOUS);
                None
            }
        };
        match new(&mut reader, old) {
            Some(new) if reader.faults.is_empty() => {
                let (to, now) = (cells(&new), old.map(&cells));
                let verdict = weigh(headings, (new, to), now.as_deref());
                verdict.map(|of| Any::Town(fact(of)))
            }
            _ => Verdict::Refused(reader.faults),
        }
    };
    rows.into_iter().map(judge).collect()
}

/// Judges organisations of the directory.
pub async fn organisations(
    conn: &mut Conn,
    deed: &Deed,
    rows: Vec<Reader<'_>>,
) -> Result<Vec<Verdict<Any>>, Refusal> {
    let all = networks::list_organisations(conn, &deed.scope).await?;
    let kinds = ORGANISATION_KINDS.map(|kind| (kind, kind.word()));
    let new = |reader: &mut Reader<'_>, old: Option<&Organisation>| {
        let name = reader.name("名前", MOST_NAME);
        let kind = reader.one_of("種類", &kinds);
        let phones = reader.phones("電話番号");
        let stands = stands(reader);
        Some(Organisation {
            id: old.map_or_else(|| RowId(deed.new_id()), |old| old.id),
            kind: kind?,
            name,
            phones,
            closed_at: closed(deed, stands, old.and_then(|old| old.closed_at)),
            version: old.map_or(1, |old| old.version),
        })
    };
    Ok(judged(
        (List::Organisations, &all),
        rows,
        |one| one.id.to_string(),
        |one| &one.name,
        organisation_cells,
        new,
        Fact::Organisation,
    ))
}

/// In use unless the row says otherwise.
fn stands(reader: &mut Reader<'_>) -> Option<bool> {
    match reader.cell("状態") {
        "" => Some(true),
        _ => reader.one_of("状態", &STANDINGS),
    }
}

/// Judges centers.
pub async fn centers(
    conn: &mut Conn,
    deed: &Deed,
    rows: Vec<Reader<'_>>,
) -> Result<Vec<Verdict<Any>>, Refusal> {
    let all = networks::list_centers(conn, &deed.scope).await?;
    let new = |reader: &mut Reader<'_>, old: Option<&Center>| {
        let name = reader.name("名前", MOST_NAME);
        let address = reader.line("住所", MOST_LINE);
        let (day, night) = (reader.phone("昼の電話"), reader.phone("夜の電話"));
        let stands = stands(reader);
        Some(Center {
            id: old.map_or_else(|| CenterId(deed.new_id()), |old| old.id),
            name,
            address,
            day_phone: day,
            night_phone: night,
            closed_at: closed(deed, stands, old.and_then(|old| old.closed_at)),
            version: old.map_or(1, |old| old.version),
        })
    };
    Ok(judged(
        (List::Centers, &all),
        rows,
        |one| one.id.to_string(),
        |one| &one.name,
        center_cells,
        new,
        Fact::Center,
    ))
}

/// Judges organisations of agreements.
pub async fn agreements(
    conn: &mut Conn,
    deed: &Deed,
    rows: Vec<Reader<'_>>,
) -> Result<Vec<Verdict<Any>>, Refusal> {
    let all = notices::list_agreements(conn, deed).await;
    let all = all.map_err(Refusal::room)?;
    let new = |reader: &mut Reader<'_>, old: Option<&Agreement>| agreement(deed, reader, old);
    Ok(judged(
        (List::Agreements, &all),
        rows,
        |one| one.id.to_string(),
        |one| &one.name,
        agreement_cells,
        new,
        Fact::Agreement,
    ))
}

fn agreement(deed: &Deed, reader: &mut Reader<'_>, old: Option<&Agreement>) -> Option<Agreement> {
    let trades: Vec<(Trade, &str)> = Trade::ALL.iter().map(|one| (*one, one.word())).collect();
    let name = reader.name("名前", MOST_NAME);
    let trade = reader.one_of("業種", &trades);
    let reach = Reach {
        person: reader.line("担当の方", MOST_NAME),
        phone: reader.line("電話", 40),
        mail: reader.line("メール", 254),
        postcode: reader.line("郵便番号", 20),
        address: reader.line("住所", MOST_LINE),
    };
    let (began, ends) = (
        reader.must_day("協定の始まり"),
        reader.must_day("協定の期限"),
    );
    let trained_on = reader.day("研修の日");
    let stands = stands(reader);
    let new = Agreement {
        id: old.map_or_else(|| RowId(deed.new_id()), |old| old.id),
        name,
        trade: trade?,
        reach,
        began_on: began?,
        ends_on: ends?,
        trained_on,
        link_at: old.and_then(|old| old.link_at),
        asked_for: old.and_then(|old| old.asked_for),
        closed_at: closed(deed, stands, old.and_then(|old| old.closed_at)),
        version: old.map_or(1, |old| old.version),
    };
    match new.checked() {
        Ok(checked) => Some(checked),
        Err(notices::Refusal::BadPhone) => {
            reader.fault(
                "電話",
                "電話番号として読めません。市外局番から入れてください。",
            );
            None
        }
        Err(notices::Refusal::BadMail) => {
            reader.fault("メール", "メールアドレスとして読めません。");
            None
        }
        Err(_) => {
            reader.fault("協定の期限", "協定の始まりより後の日にしてください。");
            None
        }
    }
}
