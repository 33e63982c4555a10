//! Lists come in again: what a town says of itself goes to another town and is taken out there as it
//! came, in every form; all of a file or nothing; and only by whoever may do it by hand.

use axum::body::Body;
use axum::http::{Request, header};
use jiff::civil::date;
use mimamori::deed::Deed;
use mimamori::exchange::List;
use mimamori::ids::{PersonId, RowId};
use mimamori::networks::{self, CenterCard, Organisation, OrganisationKind};
use mimamori::notices::{self, Agreement, Reach, Trade};
use mimamori::people;
use mimamori::people::import::Unreadable;
use mimamori::scope::{ROLES, Role};
use mimamori::tags;
use mimamori::tasks::{self, Kind, NewTask, Words};
use words::phone::Phone;

use crate::hanako;
use crate::renewals::renew;
use crate::station::tied;
use crate::town::{Client, Page, Town, on_both};

/// Each list that comes in here: who brings it, in the order in which one needs the other, and how many
/// columns at the end, or named, tell only of the town that it was in.
const LISTS: [(&str, Role); 7] = [
    ("centers", Role::TownAdmin),
    ("organisations", Role::TownAdmin),
    ("agreements", Role::TownAdmin),
    ("tags", Role::CenterStaff),
    ("tasks", Role::CenterStaff),
    ("supporters", Role::CenterStaff),
    ("renewals", Role::CenterStaff),
];

/// Of a town, or of what receipts and cards settle: no file can bring them.
const OF_A_TOWN: [&str; 9] = [
    "ID",
    "登録者のID",
    "タグのID",
    "やることのID",
    "サポーターのID",
    "今年度の会費",
    "カードの番号",
    "登録者のID（1）",
    "登録者のID（2）",
];

async fn taken(client: &Client, list: &str, format: &str) -> Page {
    let form = [
        ("list", list),
        ("format", format),
        ("reason", "町の引っ越し"),
        ("lost", "geta"),
    ];
    let page = client.post("/exports", &form).await;
    assert_eq!(page.status, 200, "{list}: {}", page.text());
    page
}

/// Brings a file; the page with what would become of it, or the form with what is wrong.
async fn brought(client: &Client, list: &str, file: &[u8]) -> Page {
    let mut body = format!(
        "--x\r\nContent-Disposition: form-data; name=\"list\"\r\n\r\n{list}\r\n--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(file);
    body.extend_from_slice(b"\r\n--x--\r\n");
    let request = Request::post("/exports/intake")
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .body(Body::from(body));
    client.send(request.unwrap()).await
}

/// How many rows would be added, changed, left, refused; and the address of the file.
async fn judged(client: &Client, list: &str, file: &[u8]) -> ([usize; 4], String) {
    let page = brought(client, list, file).await;
    assert_eq!(page.status, 303, "{list}: {}", page.text());
    let path = page.location().to_owned();
    let page = client.get(&path).await;
    assert_eq!(page.status, 200, "{list}: {}", page.text());
    let cells = page.select("table:first-of-type tbody td");
    let count = |at: usize| cells[at].parse().unwrap();
    ([count(0), count(1), count(2), count(3)], path)
}

/// Everything that comes in: with what is hard to write into a cell.
async fn furnish(town: &Town, admin: &Deed, nurse: &Deed, person: PersonId) {
    furnish_directory(town, admin).await;
    furnish_places(town, admin).await;
    furnish_people(town, nurse, person).await;
    furnish_tasks(town, nurse, person).await;
}

async fn furnish_directory(town: &Town, admin: &Deed) {
    let organisation = |name: &str, kind| Organisation {
        id: RowId(0),
        kind,
        name: name.to_owned(),
        phones: vec![
            Phone::parse("03-0111-2222").unwrap(),
            Phone::parse("090-0333-4444").unwrap(),
        ],
        closed_at: None,
        version: 1,
    };
    for (name, kind) in [
        ("=みなみ,\"消防\"", OrganisationKind::Fire),
        ("葛\u{e0100}飾の𠮷田医院", OrganisationKind::Hospital),
        ("葛\u{e0100}飾の𠮷田医院", OrganisationKind::Other),
    ] {
        let new = organisation(name, kind);
        networks::add_organisation(town.db(), admin, new)
            .await
            .unwrap();
    }
}

async fn furnish_places(town: &Town, admin: &Deed) {
    let card = CenterCard {
        name: "ひがし出張所".to_owned(),
        address: "大田区大森東1-2-3".to_owned(),
        day_phone: Some(Phone::parse("03-0555-6666").unwrap()),
        night_phone: None,
    };
    let id = networks::add_center(town.db(), admin, card).await.unwrap();
    networks::close_center(town.db(), admin, id, networks::Closed::Yes)
        .await
        .unwrap();
    let agreement = Agreement {
        id: RowId(0),
        name: "みなみ新聞販売所".to_owned(),
        trade: Trade::Newspaper,
        reach: Reach {
            person: "配田 進".to_owned(),
            phone: "03-0777-8888".to_owned(),
            mail: "haita@example.jp".to_owned(),
            postcode: "143-0016".to_owned(),
            address: "大田区大森北9-9-9".to_owned(),
        },
        began_on: date(2026, 4, 1),
        ends_on: date(2027, 3, 31),
        trained_on: Some(date(2026, 6, 1)),
        link_at: None,
        asked_for: None,
        closed_at: None,
        version: 1,
    };
    notices::add_agreement(town.db(), admin, agreement)
        .await
        .unwrap();
}

async fn furnish_people(town: &Town, nurse: &Deed, person: PersonId) {
    tags::bind_older(town.db(), nurse, person, "みなみ-0042")
        .await
        .unwrap();
    let id = tags::bind_older(town.db(), nurse, person, "第7号")
        .await
        .unwrap();
    tags::lose(town.db(), nurse, id, "バスの中".to_owned())
        .await
        .unwrap();
    tied(town, nurse, person).await;
    renew(town, person, people::Way::InPerson).await;
    // A year before the program came, as another program knew it.
    let year = "更新月,状態,たずねた日,たずね方,更新した日,氏名,生年月日,登録者のID\r\n2025年4月,返事なし,2025-03-01,はがき,,南野 ハナコ,1938-04-02,\r\n";
    let client = town.sign_in(Role::CenterStaff).await;
    let (counts, path) = judged(&client, "renewals", year.as_bytes()).await;
    assert_eq!(counts, [1, 0, 0, 0], "{}", client.get(&path).await.text());
    client.post(&format!("{path}/take"), &[]).await;
}

async fn furnish_tasks(town: &Town, nurse: &Deed, person: PersonId) {
    for (about, title, done) in [
        (Some(person), "南野 花子 さんの様子を確認", false),
        (Some(person), "南野 花子 さんの様子を確認", false),
        (None, "-名札を注文\n", true),
    ] {
        let new = NewTask {
            center: about.and(nurse.scope.center),
            person: about,
            kind: Kind::Other,
            due: date(2026, 12, 1),
            words: Words {
                title: title.trim().to_owned(),
                story: "「合鍵」は、\n大家さんへ。".to_owned(),
            },
            link: String::new(),
        };
        let deed = nurse.clone();
        town.db()
            .write(move |conn| {
                Box::pin(async move {
                    let id = tasks::open_in(conn, &deed, new).await?;
                    match done {
                        true => tasks::finish_in(conn, &deed, id, "済み").await,
                        false => Ok(()),
                    }
                })
            })
            .await
            .unwrap();
    }
}

/// The file's rows as cells by heading, without what is of a town.
fn cells(file: &[u8], format: &str) -> Vec<Vec<(String, String)>> {
    let sheet = mimamori::people::import::read_as(file, &|heading: &str| {
        List::ALL
            .iter()
            .any(|list| list.columns().contains(&heading))
    });
    let sheet = match sheet {
        Err(Unreadable::NoHead | Unreadable::NoRows) => return Vec::new(),
        read => read.unwrap_or_else(|why| panic!("{format}: {why}")),
    };
    let headings: Vec<String> = sheet
        .headings()
        .iter()
        .map(|one| (*one).to_owned())
        .collect();
    let rows = sheet.rows.iter().map(|row| {
        let cells = headings.iter().enumerate().map(|(at, heading)| {
            let text = row.cells.get(at).map_or("", |cell| cell.text.as_str());
            (heading.clone(), text.to_owned())
        });
        let mut kept: Vec<(String, String)> = cells
            .filter(|(heading, _)| !OF_A_TOWN.contains(&heading.as_str()))
            .collect();
        // JSON has its fields in an order of its own.
        kept.sort();
        kept
    });
    rows.collect()
}

/// きたみ町 with the same people, and its center called as みなみ町's is.
async fn emptied(town: &Town) -> PersonId {
    let admin = town.deed_at(&town.kitami, Role::TownAdmin).await;
    let scope = town.deed().await.scope;
    let mut conn = town.db().read().await.unwrap();
    let here = networks::find_center(&mut conn, &scope, town.minami.center);
    let here = here.await.unwrap().unwrap();
    let there = networks::find_center(&mut conn, &admin.scope, town.kitami.center);
    let there = there.await.unwrap().unwrap();
    drop(conn);
    let card = CenterCard {
        name: here.name,
        address: there.address,
        day_phone: there.day_phone,
        night_phone: there.night_phone,
    };
    networks::change_center(town.db(), &admin, there.id, there.version, card)
        .await
        .unwrap();
    let nurse = town.deed_at(&town.kitami, Role::CenterStaff).await;
    let draft = people::Draft {
        center: Some(town.kitami.center),
        ..hanako::draft()
    };
    people::register(town.db(), &nurse, draft).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_town_says_of_itself_is_taken_out_of_another_as_it_came() {
    on_both(async |town| {
        let person = hanako::register(&town).await;
        let (admin, nurse) = (
            town.deed_of(Role::TownAdmin).await,
            town.deed_of(Role::CenterStaff).await,
        );
        furnish(&town, &admin, &nurse, person).await;
        emptied(&town).await;
        for (list, role) in LISTS {
            let here = town.sign_in(role).await;
            let there = town.sign_in_at(&town.kitami, role).await;
            let was = cells(&taken(&there, list, "json").await.bytes, "json");
            let file = taken(&here, list, "utf8").await.bytes;
            let expected = cells(&file, "utf8");
            assert!(!expected.is_empty(), "{list}");
            let (counts, path) = judged(&there, list, &file).await;
            assert_eq!(counts[3], 0, "{list}: {}", there.get(&path).await.text());
            let done = there.post(&format!("{path}/take"), &[]).await;
            assert_eq!(done.status, 303, "{list}: {}", done.text());
            assert_eq!(there.get(&path).await.status, 404, "the file is gone");
            for format in ["utf8", "xlsx", "json", "cp932"] {
                let mine = taken(&here, list, format).await.bytes;
                let theirs = taken(&there, list, format).await.bytes;
                let (mut out, mut back) = (cells(&mine, format), cells(&theirs, format));
                // What stood there before, and was no row of the file.
                back.retain(|row| out.contains(row) || !was.contains(row));
                out.sort();
                back.sort();
                assert_eq!(out, back, "{list} as {format}");
                if format == "cp932" {
                    continue;
                }
                let all = out.len();
                for (client, file) in [(&here, &mine), (&there, &mine)] {
                    let (counts, _) = judged(client, list, file).await;
                    assert_eq!(
                        (counts[0], counts[1], counts[3]),
                        (0, 0, 0),
                        "{list} {format}"
                    );
                    assert!(counts[2] >= all, "{list} {format}: nothing is to do twice");
                }
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_row_that_cant_be_taken_keeps_the_file_out_and_goes_back_with_its_reason() {
    on_both(async |town| {
        let person = hanako::register(&town).await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        let file = format!(
            "期限,種類,内容,氏名,生年月日,登録者のID\r\n2026-12-01,その他,お便りを出す,,,\r\n12月,何か,お便りを出す,山田 太郎,昭和5年1月1日,\r\n2026-12-02,その他,訪ねる,東山 トメ,,{person}\r\n"
        );
        let (counts, path) = judged(&nurse, "tasks", file.as_bytes()).await;
        assert_eq!(counts, [1, 0, 0, 2]);
        let page = nurse.get(&path).await.text();
        for words in ["氏名と生年月日の合う登録者がいません", "登録者のIDの方と、氏名がちがいます", "「照会", "「12月」"] {
            assert!(page.contains(words), "{words} in {page}");
        }
        let done = nurse.post(&format!("{path}/take"), &[]).await;
        assert_eq!(done.status, 303);
        assert!(nurse.get(&path).await.text().contains("何も取り込んでいません"));
        let back = nurse.get(&format!("{path}/refused")).await;
        let text = back.text();
        assert_eq!(text.lines().count(), 3, "{text}");
        assert!(text.contains("取り込めなかった理由") && text.contains("12月,何か"));
        let deed = town.deed().await;
        let mut conn = town.db().read().await.unwrap();
        let open = tasks::count_open(&mut conn, &deed, tasks::Whose::All).await;
        assert_eq!(open.unwrap(), 0, "nothing was written");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_whoever_may_do_it_by_hand_brings_a_list_and_nobody_sees_anothers_file() {
    on_both(async |town| {
        for role in ROLES {
            let client = town.sign_in(role).await;
            for list in List::ALL {
                let may = match list.code() {
                    "centers" | "organisations" => role == Role::TownAdmin,
                    "agreements" => matches!(role, Role::TownAdmin | Role::CenterHead),
                    "tags" | "renewals" | "tasks" | "supporters" => {
                        role.is_of_center() && role != Role::Tablet
                    }
                    _ => false,
                };
                let file = format!("{}\r\n", list.columns().join(","));
                let page = brought(&client, list.code(), file.as_bytes()).await;
                let expected = match role {
                    Role::NightDesk | Role::Partner | Role::Auditor | Role::Tablet => 403,
                    _ => 422,
                };
                assert_eq!(page.status, expected, "{list:?} by {role:?}");
                let read = page.text().contains("見出しの下に行がありません");
                assert_eq!(read, may, "{list:?} by {role:?}");
            }
        }
        let nurse = town.sign_in(Role::CenterStaff).await;
        let file = "期限,種類,内容\r\n2026-12-01,その他,お便りを出す\r\n";
        let (counts, path) = judged(&nurse, "tasks", file.as_bytes()).await;
        assert_eq!(counts, [1, 0, 0, 0]);
        for other in [
            town.sign_in(Role::CenterHead).await,
            town.sign_in(Role::TownAdmin).await,
            town.sign_in_at(&town.kitami, Role::CenterStaff).await,
        ] {
            assert_eq!(other.get(&path).await.status, 404);
            assert_eq!(other.post(&format!("{path}/take"), &[]).await.status, 404);
            assert_eq!(other.get(&format!("{path}/refused")).await.status, 404);
        }
        town.pass(25 * 3_600);
        let nurse = town.sign_in(Role::CenterStaff).await;
        let (_, second) = judged(&nurse, "tasks", file.as_bytes()).await;
        assert_eq!(nurse.get(&path).await.status, 404, "a day has passed");
        assert_eq!(nurse.post(&format!("{second}/stop"), &[]).await.status, 303);
        assert_eq!(nurse.get(&second).await.status, 404);
    })
    .await;
}
