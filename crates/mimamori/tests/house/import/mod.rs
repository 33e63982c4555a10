//! Rosters come in: a small one with every odd kind of row, and the large one with its truth.

mod pages;
mod roster;
mod unconfirmed;

use mimamori::ids::{PersonId, RowId};
use mimamori::people::import::{
    self, Choice, Field, Mapping, Mode, OldNumbers, Outcome, Refusal, RunState, Sureness,
};
use mimamori::people::{self, Certification, Known, Living, Person, Sex};
use mimamori::scope::Role;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use crate::town::{Town, on_both};

/// As a ward office's Excel saves CSV: CP932, a title above the head, a quoted line break.
pub const ROSTER: &[u8] = include_bytes!("minami.csv");

const NUMBERS: OldNumbers = OldNumbers::KEPT_ONLY;

/// The file received, its columns as guessed, its rows judged.
pub async fn judged(town: &Town, file: &[u8]) -> RowId {
    let (db, deed) = (town.db(), town.deed_of(Role::CenterStaff).await);
    let run = import::begin(db, &deed, "名簿.csv".into(), file.to_vec())
        .await
        .unwrap();
    let mapping = run_of(town, run).await.mapping;
    import::settle_columns(db, &deed, run, mapping)
        .await
        .unwrap();
    import::judge(db, &deed, run, NUMBERS).await.unwrap();
    run
}

async fn run_of(town: &Town, run: RowId) -> import::Run {
    let mut conn = town.db().read().await.unwrap();
    let found = import::find_run(&mut conn, &town.deed().await, run).await;
    found.unwrap().unwrap()
}

pub async fn take(town: &Town, run: RowId, mode: Mode) -> Result<import::Taken, Refusal> {
    let deed = town.deed_of(Role::CenterStaff).await;
    import::take(town.db(), &deed, run, mode, NUMBERS).await
}

/// 「4 add」 for each row, in order.
async fn outcomes(town: &Town, run: RowId) -> Vec<String> {
    let mut conn = town.db().read().await.unwrap();
    let deed = town.deed().await;
    let rows = import::list_rows(&mut conn, &deed, run, None, (10_000, 0))
        .await
        .unwrap();
    rows.iter()
        .map(|(verdict, _)| format!("{} {}", verdict.row, verdict.outcome.code()))
        .collect()
}

async fn count(town: &Town, run: RowId, outcome: Outcome) -> u64 {
    let mut conn = town.db().read().await.unwrap();
    let counts = import::count_rows(&mut conn, &town.deed().await, run)
        .await
        .unwrap();
    counts
        .iter()
        .filter(|(one, ..)| *one == outcome)
        .map(|(_, _, count)| count)
        .sum()
}

/// The person with this number of the roster.
async fn person(town: &Town, number: &str) -> Option<Person> {
    let deed = town.deed().await;
    let mut conn = town.db().read().await.unwrap();
    let ids = people::find_by_old_number(&mut conn, &deed, number)
        .await
        .unwrap();
    let id = *ids.first()?;
    people::find(&mut conn, &deed, id).await.unwrap()
}

async fn everybody(town: &Town) -> Vec<PersonId> {
    let mut conn = town.db().read().await.unwrap();
    people::list_ids_after(&mut conn, &town.deed().await, PersonId(0), 10_000)
        .await
        .unwrap()
}

/// The roster with `from` replaced.
fn edited(from: &str, to: &str) -> Vec<u8> {
    let (text, _, _) = encoding_rs::SHIFT_JIS.decode(ROSTER);
    assert!(text.contains(from), "{from} is not in the roster");
    text.replace(from, to).into_bytes()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_row_is_reported_as_its_kind() {
    on_both(async |town| {
        let run = judged(&town, ROSTER).await;
        let expected = "4 add, 5 add, 6 add, 7 add, 8 duplicate, 9 duplicate, 10 add, 11 refused, \
             12 refused, 13 refused, 14 refused, 15 refused, 16 nobody, 17 nobody, 18 nobody";
        assert_eq!(outcomes(&town, run).await.join(", "), expected);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_bad_row_stops_all_unless_only_good_rows_are_asked_for() {
    on_both(async |town| {
        let run = judged(&town, ROSTER).await;
        let refused = take(&town, run, Mode::All).await;
        assert!(matches!(
            refused,
            Err(Refusal::NotAll {
                refused: 5,
                open: 2
            })
        ));
        assert!(everybody(&town).await.is_empty());

        let taken = take(&town, run, Mode::Good).await.unwrap();
        assert_eq!((taken.written, taken.left_out), (5, 7));
        assert_eq!(everybody(&town).await.len(), 5);
        let run = run_of(&town, run).await;
        assert!(run.state == RunState::Done && run.done == 5);
        // Nothing of the file stays but what goes back.
        let mut conn = town.db().read().await.unwrap();
        let deed = town.deed().await;
        let given = import::find_file(&mut conn, &deed, run.id, import::FileKind::Given);
        assert!(given.await.unwrap().is_none());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn people_are_in_field_by_field() {
    on_both(async |town| {
        let run = judged(&town, ROSTER).await;
        take(&town, run, Mode::Good).await.unwrap();
        let hanako = person(&town, "00001").await.unwrap();
        let identity = &hanako.identity.value;
        assert_eq!(
            (identity.name.family(), identity.name.given()),
            ("南野", "花子")
        );
        assert_eq!(identity.kana(), "ミナミノ ハナコ");
        assert_eq!(
            (identity.sex, identity.living),
            (Sex::Female, Living::Alone)
        );
        assert_eq!(identity.born.iso(), "1938-03-07");
        assert_eq!(identity.phones[0].to_string(), "03-0100-0001");
        let contact = &hanako.contacts.value.0[0];
        assert_eq!(
            (contact.name.as_str(), contact.relation.as_str()),
            ("南野 一郎", "長男")
        );
        let medical = &hanako.medical.value;
        assert!(medical.illnesses == Known::Listed("糖尿病".into()));
        assert!(medical.drugs == Known::NoneInRoster && medical.allergies == Known::NotConfirmed);
        assert_eq!(medical.clinics[0].doctor, "北川医師");
        assert_eq!(hanako.care.value.certification, Certification::Care2);
        let remarks = "娘より「電話は夜のみ」, \"合鍵\" は大家\nと隣家";
        assert_eq!(hanako.care.value.remarks, remarks);
        // Her name has no space in the roster; another row knows where 佐藤 ends.
        let sato = person(&town, "00013").await.unwrap().identity.value;
        assert_eq!(sato.name.to_string(), "佐藤 一");
        let takahashi = person(&town, "00002").await.unwrap();
        assert_eq!(takahashi.identity.value.living, Living::Unconfirmed);
        assert!(takahashi.medical.value.drugs == Known::NotConfirmed);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_file_twice_changes_nothing() {
    on_both(async |town| {
        let run = judged(&town, ROSTER).await;
        take(&town, run, Mode::Good).await.unwrap();
        let run = judged(&town, ROSTER).await;
        assert_eq!(count(&town, run, Outcome::Same).await, 5);
        assert_eq!(count(&town, run, Outcome::Duplicate).await, 2);
        let taken = take(&town, run, Mode::Good).await.unwrap();
        assert_eq!(taken.written, 0);
        assert_eq!(everybody(&town).await.len(), 5);
        assert_eq!(person(&town, "00001").await.unwrap().identity.version, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn refused_rows_go_back_as_they_came_with_the_reason() {
    on_both(async |town| {
        let run = judged(&town, ROSTER).await;
        take(&town, run, Mode::Good).await.unwrap();
        let deed = town.deed_of(Role::CenterStaff).await;
        let (file, ending) = import::list_back(town.db(), &deed, run).await.unwrap();
        assert_eq!(ending, "csv");
        let (back, given) = (import::read(&file).unwrap(), import::read(ROSTER).unwrap());
        assert_eq!(back.layout, given.layout);
        assert_eq!(back.rows.len(), 7);
        let width = given.head.cells.len();
        assert_eq!(back.headings()[width], import::REASON);
        let born = &back.rows[3];
        assert_eq!(born.cells[1].text, "岡田　幸");
        assert!(
            born.cells[width]
                .text
                .contains("生年月日「昭和65年13月40日」")
        );
        // Mended and brought in again, they are taken.
        let (text, _, _) = encoding_rs::SHIFT_JIS.decode(&file);
        let mended = text.replace("昭和65年13月40日", "昭和5年1月4日");
        let run = judged(&town, mended.as_bytes()).await;
        assert_eq!(count(&town, run, Outcome::Add).await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_is_shown_kept_and_never_erases() {
    on_both(async |town| {
        let run = judged(&town, ROSTER).await;
        take(&town, run, Mode::Good).await.unwrap();
        // A new phone; the contact and the clinic of the same row are blank now.
        let file = edited(
            "０３－０１００－０００１,独居,南野 一郎,長男,090(0100)0001,みなみ診療所,内科,北川医師,03-0100-1001",
            "03-0100-9999,独居,,,,,,,",
        );
        let run = judged(&town, &file).await;
        assert_eq!(count(&town, run, Outcome::Change).await, 1);
        let mut conn = town.db().read().await.unwrap();
        let deed = town.deed().await;
        let changed = Some(Outcome::Change);
        let rows = import::list_rows(&mut conn, &deed, run, changed, (10, 0)).await.unwrap();
        let told = &rows[0].0.told;
        assert_eq!(told.len(), 1);
        let (from, to) = (told[0].from.as_str(), told[0].to.as_str());
        assert_eq!((told[0].field.as_str(), from, to), ("電話", "03-0100-0001", "03-0100-9999"));
        drop(conn);
        assert_eq!(take(&town, run, Mode::Good).await.unwrap().written, 1);
        let hanako = person(&town, "00001").await.unwrap();
        assert_eq!(hanako.identity.value.phones[0].to_string(), "03-0100-9999");
        assert_eq!((hanako.identity.version, hanako.contacts.version), (2, 1));
        assert_eq!(hanako.contacts.value.0.len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_probable_duplicate_is_what_somebody_says_it_is() {
    on_both(async |town| {
        let first = judged(&town, ROSTER).await;
        take(&town, first, Mode::Good).await.unwrap();
        let run = judged(&town, ROSTER).await;
        let (db, deed) = (town.db(), town.deed_of(Role::CenterStaff).await);
        // Row 8 is ハナコ with another number and another way of writing; row 9 is a namesake.
        import::choose(db, &deed, run, 8, Choice::Same)
            .await
            .unwrap();
        import::choose(db, &deed, run, 9, Choice::Add)
            .await
            .unwrap();
        let none = import::choose(db, &deed, run, 4, Choice::Add).await;
        assert!(matches!(none, Err(Refusal::NotFound)));
        let taken = take(&town, run, Mode::Good).await.unwrap();
        assert_eq!(taken.written, 1);
        assert_eq!(everybody(&town).await.len(), 6);
        let hanako = person(&town, "00001").await.unwrap().identity.value;
        assert_eq!(hanako.name.to_string(), "南野 花子");
        assert_eq!(
            person(&town, "00012")
                .await
                .unwrap()
                .identity
                .value
                .name
                .family(),
            "高橋"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_moved_after_the_verdicts_is_shown_again() {
    on_both(async |town| {
        let (first, second) = (judged(&town, ROSTER).await, judged(&town, ROSTER).await);
        take(&town, first, Mode::Good).await.unwrap();
        assert!(matches!(
            take(&town, second, Mode::Good).await,
            Err(Refusal::Moved)
        ));
        assert_eq!(count(&town, second, Outcome::Same).await, 5);
        let again = take(&town, first, Mode::Good).await;
        assert!(matches!(again, Err(Refusal::Finished)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn columns_are_checked_and_remembered() {
    on_both(async |town| {
        let (db, deed) = (town.db(), town.deed_of(Role::CenterStaff).await);
        let file = edited("備考", "血液型等");
        let begin = async || {
            import::begin(db, &deed, "a.csv".into(), file.clone())
                .await
                .unwrap()
        };
        let run = begin().await;
        let mut mapping: Mapping = run_of(&town, run).await.mapping;
        let last = mapping.len() - 1;
        assert_eq!(mapping[last], None);
        mapping[last] = Some(Field::Name);
        let twice = import::settle_columns(db, &deed, run, mapping.clone()).await;
        assert!(matches!(twice, Err(Refusal::Columns(_))));
        mapping[last] = Some(Field::Remarks);
        import::settle_columns(db, &deed, run, mapping.clone())
            .await
            .unwrap();

        let run = begin().await;
        assert!(run_of(&town, run).await.mapping == mapping);
        let mut conn = db.read().await.unwrap();
        let guesses = import::guesses(&mut conn, &deed, &import::read(&file).unwrap())
            .await
            .unwrap();
        assert_eq!(guesses[last].sureness, Sureness::Remembered);
        assert_eq!(guesses[1].sureness, Sureness::Sure);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_person_is_one_line_of_the_audit_and_the_file_is_forgotten() {
    on_both(async |town| {
        let run = judged(&town, ROSTER).await;
        take(&town, run, Mode::Good).await.unwrap();
        let mut conn = town.db().read().await.unwrap();
        let text = db::sql("SELECT COUNT(*) FROM audit_lines WHERE network = $1 AND verb = $2");
        let mut counted = async |verb: &str| {
            let row = conn
                .one(text, &db::args![town.minami.id, verb])
                .await
                .unwrap();
            row.unwrap().int(0).unwrap()
        };
        assert_eq!(counted("registered").await, 5);
        assert_eq!(counted("imported").await, 2);

        let left = judged(&town, ROSTER).await;
        town.pass(25 * 3600);
        judged(&town, ROSTER).await;
        assert!(matches!(
            take(&town, left, Mode::Good).await,
            Err(Refusal::Expired)
        ));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_import_and_another_town_are_refused() {
    on_both(async |town| {
        let run = judged(&town, ROSTER).await;
        let night = town.deed_of(Role::NightDesk).await;
        let begun = import::begin(town.db(), &night, "a.csv".into(), ROSTER.to_vec()).await;
        assert!(matches!(begun, Err(Refusal::NoRight(_))));
        let taken = import::take(town.db(), &night, run, Mode::Good, NUMBERS).await;
        assert!(matches!(taken, Err(Refusal::NoRight(_))));
        let other = town.app.program_deed(town.kitami.id, "test").await.unwrap();
        let taken = import::take(town.db(), &other, run, Mode::Good, NUMBERS).await;
        assert!(matches!(taken, Err(Refusal::NotFound)));
    })
    .await;
}

/// The roster as a workbook: dates as days, numbers as numbers, two title rows.
fn workbook() -> Vec<u8> {
    let sheet = import::read(ROSTER).unwrap();
    let mut book = Workbook::new();
    let page = book.add_worksheet().set_name("名簿").unwrap();
    let days = Format::new().set_num_format("yyyy/m/d");
    let zeros = Format::new().set_num_format("00000");
    page.write(0, 0, "登録者名簿").unwrap();
    for (row, line) in (2..).zip([&sheet.head].into_iter().chain(&sheet.rows)) {
        for (column, cell) in (0u16..).zip(&line.cells) {
            let text = cell.text.as_str();
            let place = (row, column);
            match (column, text.parse::<f64>()) {
                _ if text.is_empty() => Ok(&mut *page),
                (0, Ok(number)) => page.write_with_format(place.0, place.1, number, &zeros),
                (5 | 7, Ok(number)) => page.write(place.0, place.1, number),
                (4, _) if text == "1931/05/06" => {
                    let day = ExcelDateTime::from_ymd(1931, 5, 6).unwrap();
                    page.write_with_format(place.0, place.1, &day, &days)
                }
                _ => page.write(place.0, place.1, text),
            }
            .unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workbook_brings_the_same_people() {
    on_both(async |town| {
        let run = judged(&town, ROSTER).await;
        take(&town, run, Mode::Good).await.unwrap();
        let run = judged(&town, &workbook()).await;
        assert_eq!(count(&town, run, Outcome::Same).await, 5);
        assert_eq!(count(&town, run, Outcome::Change).await, 0);
        assert_eq!(count(&town, run, Outcome::Refused).await, 5);
    })
    .await;
}
