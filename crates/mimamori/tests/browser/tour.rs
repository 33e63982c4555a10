//! Every page of the house is opened once, as somebody who may pass its door, with names that are
//! long; and once more, where that can be, in a town in which there is nothing yet.

use mimamori::desk::{self, Ask, CallerKind};
use mimamori::exchange::{self, Grant, Grants, List, NewSystem};
use mimamori::front::{Access, Door, Speech};
use mimamori::ids::{PersonId, RowId, StaffId};
use mimamori::leaving::{self, Asker, AskerKind};
use mimamori::papers::{self, Job, Ledger, What};
use mimamori::people::twins::{self, Picks, Seen};
use mimamori::people::{self, import, views};
use mimamori::renewals;
use mimamori::routes::BELONGINGS;
use mimamori::scope::{ROLES, Role};
use mimamori::staff::{self, Card, Place};
use mimamori::station::watch::About;
use mimamori::station::{rolls, signups};
use mimamori::tags;
use mimamori::tasks::{self, Kind, NewTask, Words};

use crate::cases;
use crate::driver::{Browser, Scripts};
use crate::hanako;
use crate::held;
use crate::listed;
use crate::long;
use crate::server::Served;
use crate::supported::{agreement, checklist, consulted, notice, path, plan};
use crate::watched;
use crate::{joined, signed};

/// Files, answers to programs, pages that the stories pass, and pages of somebody half signed in.
const NOT_HERE: [&str; 27] = [
    "/station/door.webmanifest",
    "/station/door.js",
    "/c/{short}/days/{lesson}",
    "/c/{short}/courses.ics",
    "/c/{short}/event.csv",
    "/c/{short}/voice/{lesson}",
    "/answer/{token}",
    "/m/{short}/page",
    "/cases/{case}/documents/{row}",
    "/exports/intake/{brought}/refused",
    "/desk/waiting",
    "/family/{token}",
    "/found/{token}",
    "/found/{token}/more",
    "/proof/{token}",
    "/api/v1/openapi.json",
    "/assets/{name}",
    "/fhir/metadata",
    "/health",
    "/login",
    "/n/o/{token}",
    "/login/code",
    "/login/factor",
    "/partner/inquiries/{inquiry}",
    "/people/import/{run}/refused",
    "/people/{person}/tags",
    "/q/{secret}",
];

/// What stands in the place of each `{id}`.
type Ids = Vec<(&'static str, String)>;

async fn ids(served: &Served) -> Ids {
    let town = &served.town;
    let person = long::tagged(served).await;
    let nurse = town.deed_of(Role::CenterStaff).await;
    let mut conn = town.db().read().await.unwrap();
    let tag = tags::list_for_person(&mut conn, &nurse, person)
        .await
        .unwrap()[0]
        .id;
    let carrier = tags::list_carriers(&mut conn, &nurse, tag).await.unwrap()[0].id;
    let batch = tags::list_batches(&mut conn, &nurse).await.unwrap()[0].id;
    drop(conn);
    renewals::begin_walk(town.db(), &nurse, person, people::Way::InPerson)
        .await
        .unwrap();
    let inquiry = desk::id_of(&nurse, "");
    let ask = Ask {
        kind: Some(CallerKind::Ambulance),
        ..Ask::default()
    };
    desk::open_for(town.db(), &nurse, inquiry, person, ask)
        .await
        .unwrap();
    let (other, merge) = twice(served, person).await;
    let (consultation, stranger) = consulted(served, person).await;
    let (case, handover) = cases::both(served, person).await;
    let mut all = station(served).await;
    all.extend([
        ("{consultation}", consultation.to_string()),
        ("{stranger}", stranger.to_string()),
        ("{other}", other.to_string()),
        ("{merge}", merge.to_string()),
        ("{case}", case.to_string()),
        ("{handover}", handover.to_string()),
        ("{contact}", cases::contact(served, case).await.to_string()),
        ("{center}", town.minami.center.to_string()),
        ("{organisation}", town.minami.hospital.to_string()),
        ("{staff}", town.minami.staff(Role::NightDesk).to_string()),
        ("{person}", person.to_string()),
        ("{tag}", tag.to_string()),
        ("{carrier}", carrier.to_string()),
        ("{batch}", batch.to_string()),
        ("{inquiry}", inquiry.to_string()),
        ("{task}", task(served).await),
        ("{run}", run(served).await.to_string()),
        ("{brought}", brought(served).await.to_string()),
        ("{leaving}", leaving(served).await.to_string()),
        ("{checklist}", checklist(served, person).await.to_string()),
        ("{view}", view(served).await),
        ("{path}", path(served, person).await.to_string()),
        ("{plan}", plan(served).await.to_string()),
        ("{print}", print(served).await.to_string()),
        ("{system}", system(served).await.to_string()),
        ("{notice}", notice(served, person).await),
        ("{agreement}", agreement(served).await),
        ("{sign}", "post".to_owned()),
        ("{short}", "minami".to_owned()),
        ("{token}", invitation(served).await),
    ]);
    all
}

/// A sheet of the roll of the day that somebody signed up for.
async fn sheet(served: &Served, signup: RowId) -> RowId {
    let town = &served.town;
    let nurse = town.deed_of(Role::CenterStaff).await;
    let mut conn = town.db().read().await.unwrap();
    let day = signups::find(&mut conn, &nurse, signup).await.unwrap().day;
    drop(conn);
    let drawn = rolls::draw_up(town.db(), &nurse, day, rolls::Whom::SignedUp).await;
    let sheet = drawn.unwrap().1.remove(0).sheet.id;
    let doubt = rolls::BoxRead {
        row: 0,
        column: 0,
        says: rolls::Says::Struck,
        picture: None,
    };
    let reading = rolls::Reading {
        boxes: vec![doubt],
        lines: Vec::new(),
    };
    rolls::take_in(town.db(), &nurse, sheet, reading)
        .await
        .unwrap();
    sheet
}

/// What the Station has.
async fn station(served: &Served) -> Ids {
    let town = &served.town;
    let nurse = town.deed_of(Role::CenterStaff).await;
    let courses = held::held(town, &nurse).await;
    let supporter = joined::joined(town, &nurse).await;
    joined::equipped(town, &nurse, supporter).await;
    joined::waived(town, &nurse, supporter).await;
    listed::listed(town, &town.minami, supporter).await;
    let about = About::Supporter(supporter);
    let observation = watched::observed(town, &nurse, about, &["walking", "bruises"]).await;
    let voucher = joined::given(town, &nurse, supporter).await;
    let signup = signed::signed(town, &nurse).await;
    vec![
        ("{sheet}", sheet(served, signup).await.to_string()),
        ("{course}", courses.course.to_string()),
        ("{lesson}", courses.days[0].to_string()),
        ("{place}", courses.hall.to_string()),
        ("{signup}", signup.to_string()),
        ("{supporter}", supporter.to_string()),
        ("{observation}", observation.to_string()),
        ("{voucher}", voucher.to_string()),
    ]
}

/// The same person once more, waiting to be looked at, and a third record that was merged into the
/// first and has to be asked about before it comes back.
async fn twice(served: &Served, person: PersonId) -> (PersonId, RowId) {
    let town = &served.town;
    let nurse = town.deed_of(Role::CenterStaff).await;
    let other = long::again(served).await;
    let gone = long::again(served).await;
    let mut conn = town.db().read().await.unwrap();
    let kept = people::find(&mut conn, &nurse, person)
        .await
        .unwrap()
        .unwrap();
    let going = people::find(&mut conn, &nurse, gone)
        .await
        .unwrap()
        .unwrap();
    let seen = Seen {
        kept: person,
        gone,
        stamps: [twins::stamp(&kept), twins::stamp(&going)],
    };
    let merge = twins::merge(town.db(), &nurse, seen, Picks::default(), BELONGINGS);
    let merge = merge.await.unwrap();
    twins::say_later(town.db(), &nurse, (person, other))
        .await
        .unwrap();
    let merged = people::find(&mut conn, &nurse, person)
        .await
        .unwrap()
        .unwrap();
    let (version, mut finder) = (merged.finder.version, merged.finder.value);
    finder.notes = "まとめたあとで書き足したこと。".to_owned();
    people::change_finder(town.db(), &nurse, person, version, finder, None)
        .await
        .unwrap();
    (other, merge)
}

async fn task(served: &Served) -> String {
    let town = &served.town;
    let deed = town.deed_of(Role::CenterStaff).await;
    let new = NewTask {
        center: Some(town.minami.center),
        person: None,
        kind: Kind::Other,
        due: "2026-11-24".parse().unwrap(),
        words: Words {
            title: "玄関の明かりを見る".to_owned(),
            story: "夜になっても消えたままです。".to_owned(),
        },
        link: String::new(),
    };
    let opened = town
        .db()
        .write(move |conn| Box::pin(async move { tasks::open_in(conn, &deed, new).await }));
    opened.await.unwrap().to_string()
}

/// Somebody else whose family reports a death.
async fn leaving(served: &Served) -> RowId {
    let town = &served.town;
    let deed = town.deed_of(Role::CenterStaff).await;
    let person = hanako::register(town).await;
    let new = leaving::New {
        kind: leaving::Kind::Died,
        since: "2026-11-01".parse().unwrap(),
        asker: Asker {
            kind: AskerKind::Family,
            name: "勘解由小路 綾小路之助三郎左衛門".to_owned(),
            relation: "長男の妻で、成年後見人".to_owned(),
            note: "住民票の除票の写しを、窓口で見せていただいた。".to_owned(),
        },
    };
    let begun = leaving::begin(town.db(), &deed, person, 1, new).await;
    begun.unwrap()
}

/// A sight that somebody said a purpose for, of a person on whose record they did nothing else.
async fn view(served: &Served) -> String {
    let town = &served.town;
    let person = hanako::register(town).await;
    let nurse = town.deed_of(Role::CenterStaff).await;
    let purpose = "転居の相談の電話が、ご長男の奥さまからあったため".to_owned();
    people::open_for(town.db(), &nurse, person, purpose)
        .await
        .unwrap();
    let head = town.minami.staff(Role::CenterHead);
    let mut conn = town.db().read().await.unwrap();
    let listed = views::list_for(&mut conn, &nurse, town.minami.center, head);
    listed.await.unwrap()[0].id.to_string()
}

async fn run(served: &Served) -> RowId {
    let deed = served.town.deed_of(Role::CenterStaff).await;
    let roster = "氏名,生年月日\n南野 花子,S13.3.7\n".as_bytes().to_vec();
    import::begin(served.town.db(), &deed, "名簿.csv".to_owned(), roster)
        .await
        .unwrap()
}

/// A list on its way in: a row that is new, and one that can't be taken.
async fn brought(served: &Served) -> RowId {
    let deed = served.town.deed_of(Role::CenterStaff).await;
    let list = "期限,種類,内容,氏名,生年月日\n2026-12-01,その他,お便りを出す,,\n12月,その他,訪ねる,山田 太郎,昭和5年1月1日\n";
    exchange::bring_list(
        served.town.db(),
        &deed,
        List::Tasks,
        list.as_bytes().to_vec(),
    )
    .await
    .unwrap()
}

async fn print(served: &Served) -> RowId {
    let town = &served.town;
    let deed = town.deed_of(Role::CenterStaff).await;
    let job = Job {
        center: Some(town.minami.center),
        purpose: "夜間の引き継ぎのため".to_owned(),
        printed_by: "佐藤 真由美".to_owned(),
        public_url: "https://mimamori.minami.example.jp".to_owned(),
        what: What::Ledger(Ledger { medical: false }),
    };
    let run = papers::begin(town.db(), &deed, job).await.unwrap();
    papers::make(town.db(), &deed, &town.app.clock, run)
        .await
        .unwrap();
    run
}

async fn system(served: &Served) -> StaffId {
    let town = &served.town;
    let deed = town.deed_of(Role::TownAdmin).await;
    let place = Place {
        role: Role::Partner,
        center: None,
        organisation: Some(town.minami.hospital),
    };
    let new = NewSystem {
        name: "医療法人社団みなみ町健康長寿会 電子カルテ・救急連携システム".to_owned(),
        grants: Grants(vec![Grant::ALL[0]]),
        addresses: Default::default(),
        per_minute: 300,
    };
    let id = exchange::add_system(town.db(), &deed, place, new);
    let id = id.await.unwrap();
    exchange::make_token(town.db(), &deed, id, 365)
        .await
        .unwrap();
    id
}

async fn invitation(served: &Served) -> String {
    let deed = served.town.deed_of(Role::TownAdmin).await;
    let card = Card {
        name: "新山 来子".to_owned(),
        email: "new@minami.example.jp".to_owned(),
    };
    let place = Place {
        role: Role::NightDesk,
        center: None,
        organisation: None,
    };
    staff::invite(served.town.db(), &deed, card, place)
        .await
        .unwrap()
        .token
}

/// Somebody who may pass; `None` for a door that is open to all.
fn who(door: &Door) -> Option<Role> {
    let may = |role: &Role| match door.access {
        Access::Needs(right) => role.rights().has(right),
        Access::NeedsAny(rights) => rights.iter().any(|right| role.rights().has(*right)),
        Access::Public | Access::HalfSignedIn | Access::SignedIn => true,
    };
    let mut nurse_first = [Role::CenterStaff].into_iter().chain(ROLES);
    (door.access != Access::Public).then(|| nurse_first.find(may).unwrap())
}

fn filled(path: &str, ids: &Ids) -> String {
    let path = ids
        .iter()
        .fold(path.to_owned(), |path, (name, id)| path.replace(name, id));
    assert!(
        !path.contains('{'),
        "add this id to `ids` in tests/browser/tour.rs: {path}"
    );
    path
}

/// Opens the page of a door and looks at it.
async fn faults(browser: &Browser, path: &str, who: Option<Role>) -> Vec<String> {
    browser.go(path).await;
    let status = browser
        .run(
            "return performance.getEntriesByType('navigation')[0].responseStatus",
            &[],
        )
        .await;
    assert_eq!(status, 200, "{path} as {who:?}");
    browser.faults(&path.replace('/', "-")).await
}

fn pages(served: &Served) -> impl Iterator<Item = &Door> {
    let doors = served.town.doors.iter();
    doors.filter(|door| {
        door.method == "GET" && door.speech == Speech::Page && !NOT_HERE.contains(&door.path)
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_can_be_read_wide_and_narrow() {
    let served = Served::start().await;
    let ids = ids(&served).await;
    let browser = Browser::open(&served.address, Scripts::On, "tour").await;
    let mut found = Vec::new();
    for door in pages(&served) {
        let who = who(door);
        if let Some(role) = who {
            served.be(&browser, role).await;
        }
        found.extend(faults(&browser, &filled(door.path, &ids), who).await);
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_of_an_empty_town_can_be_read() {
    let served = Served::start().await;
    let browser = Browser::open(&served.address, Scripts::On, "empty").await;
    let mut found = Vec::new();
    for door in pages(&served).filter(|door| !door.path.contains('{')) {
        let Some(role) = who(door) else { continue };
        let client = served.town.sign_in_at(&served.town.kitami, role).await;
        browser.keep(&client.cookie("mimamori").unwrap()).await;
        found.extend(faults(&browser, door.path, Some(role)).await);
    }
    assert!(found.is_empty(), "{found:#?}");
}
