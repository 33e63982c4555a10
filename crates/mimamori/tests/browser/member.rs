//! The year of one supporter: she joins, waits for a place and gets it, comes by her card, helps in the
//! kitchen, is given vouchers, comes less, is noticed, and is visited.

use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use mimamori::clock::in_japan;
use mimamori::deed::Deed;
use mimamori::ids::{RowId, SupporterId};
use mimamori::scope::Role;
use mimamori::station::change;
use mimamori::station::courses::{self, Beat, Entry, Hours, Marks, OnHoliday, Place, Plan, Rule};
use mimamori::station::door::{self, Coming, Part, Way};
use mimamori::station::signups;
use mimamori::station::supporters::{self, qr_text};

use crate::driver::{Browser, Scripts};
use crate::server::Served;
use crate::signed;
use crate::town::Town;

/// The first of the Fridays on which a hundred dine; here it is six.
const FIRST: Date = date(2026, 12, 11);
/// So many Fridays she came, and then no more.
const CAME: i64 = 34;

#[tokio::test(flavor = "multi_thread")]
async fn the_year_of_one_supporter() {
    let served = Served::start().await;
    let browser = Browser::open(&served.address, Scripts::On, "member").await;
    served.be(&browser, Role::CenterStaff).await;
    let supporter = joins(&browser).await;
    let card = card(&served, supporter).await;
    waits(&browser, &served, supporter).await;
    let course = dining(
        &served.town,
        &served.town.deed_of(Role::CenterStaff).await,
        FIRST,
    )
    .await;
    comes(&browser, &served, (course, FIRST), &card).await;
    helps(&browser, &served, (course, FIRST), supporter).await;
    weeks(&served, course, supporter).await;
    is_noticed(&browser, &served).await;
    reads(&browser, &served, &card).await;
}

/// At the counter, in November: a fee, a card, four digits, and to what she agrees.
async fn joins(browser: &Browser) -> SupporterId {
    browser.go("/station/supporters/new").await;
    for (name, text) in [
        ("name", "野村 とき"),
        ("kana", "ノムラ トキ"),
        ("phone", "090-0188-4410"),
    ] {
        browser.fill(name, text).await;
    }
    browser.press("入会を受け付ける").await;
    browser.says("入会を受け付けました").await;
    let path = browser.path().await;
    browser.press("カードを作って渡す").await;
    browser.says("カードを作りました").await;
    browser.go(&format!("{path}/fees")).await;
    browser.press("受け取った").await;
    browser.says("会費を受け取りました").await;
    browser.go(&format!("{path}/own")).await;
    browser.fill("pin", "7482").await;
    browser.fill("again", "7482").await;
    browser.press("この番号にする").await;
    browser.go(&format!("{path}/consents")).await;
    browser.pick("signals", "often").await;
    browser.pick("way", "said").await;
    browser.press("同意を記録する").await;
    browser.says("同意あり").await;
    path.rsplit('/').next().unwrap().parse().unwrap()
}

/// What the QR of her card says.
async fn card(served: &Served, supporter: SupporterId) -> String {
    let nurse = served.town.deed_of(Role::CenterStaff).await;
    let mut conn = served.town.db().read().await.unwrap();
    let cards = supporters::list_cards(&mut conn, &nurse, supporter)
        .await
        .unwrap();
    let secret = supporters::secret_of(&mut conn, &nurse, cards[0].id)
        .await
        .unwrap();
    qr_text("", "minami", &secret)
}

/// Calligraphy is full; somebody calls off, and she takes the place.
async fn waits(browser: &Browser, served: &Served, supporter: SupporterId) {
    let nurse = served.town.deed_of(Role::CenterStaff).await;
    let db = served.town.db();
    let day = signed::sitting(&served.town, &nurse, 1).await;
    let first = signed::wish(day, "小川 みどり", nurse.new_id());
    let first = signups::sign_up(db, &nurse, first).await.unwrap();
    browser.go(&format!("/station/days/{day}/signups")).await;
    browser.fill("seek", "野村").await;
    browser.press("サポーターをさがす").await;
    browser.pick("supporter", &supporter.to_string()).await;
    browser.press("この方の申し込みを受ける").await;
    browser.says("キャンセル待ちです").await;
    browser.follow("小川 みどり").await;
    browser.press("申し込みを取り消す").await;
    browser.says("お待ちの方に順番にご案内します").await;
    let mut conn = db.read().await.unwrap();
    let gone = signups::find(&mut conn, &nurse, first).await.unwrap();
    assert_eq!(gone.state, signups::State::Gone);
    drop(conn);
    browser.go(&format!("/station/days/{day}/signups")).await;
    browser.says("お返事待ち").await;
    browser.follow("野村 とき").await;
    browser.look("offered").await;
    browser.press("席を受ける").await;
    browser.says("参加になりました").await;
}

/// The dining room of the Fridays of a year, to which one just comes; the series.
async fn dining(town: &Town, deed: &Deed, from: Date) -> RowId {
    let place = Place {
        id: RowId(0),
        word: "ステーション".to_owned(),
        address: "みなみ町1丁目5番".to_owned(),
        access: String::new(),
        holds: None,
        open: true,
        version: 0,
    };
    let place = courses::keep_place(town.db(), deed, place).await.unwrap();
    let plan = Plan {
        from,
        until: from + 350.days(),
        rule: Rule {
            beat: Beat::Weeks {
                every: 1,
                on: Marks::of([4]),
            },
            except: Marks::default(),
            holidays: OnHoliday::Hold,
            also: Vec::new(),
            but: Vec::new(),
        },
        details: courses::Details {
            title: "金曜の食堂".to_owned(),
            reading: "キンヨウノショクドウ".to_owned(),
            hours: Hours {
                starts: 10 * 60,
                ends: 13 * 60,
            },
            entry: Entry::Open,
            ..signed::calligraphy(place, 100)
        },
    };
    courses::plan(town.db(), deed, plan).await.unwrap()
}

async fn day_of(served: &Served, course: RowId, day: Date) -> RowId {
    let nurse = served.town.deed_of(Role::CenterStaff).await;
    let mut conn = served.town.db().read().await.unwrap();
    let days = courses::list_of_series(&mut conn, &nurse, course, day)
        .await
        .unwrap();
    days.into_iter().find(|one| one.day == day).unwrap().id
}

async fn on(browser: &Browser, served: &Served, day: Date, role: Role) {
    served.town.at(&format!("{day}T10:05:00+09:00"));
    served.be(browser, role).await;
}

/// The Friday dining room: a reader of QR codes types what the card says.
async fn comes(browser: &Browser, served: &Served, (course, day): (RowId, Date), card: &str) {
    on(browser, served, day, Role::CenterStaff).await;
    let lesson = day_of(served, course, day).await;
    browser.go(&format!("/station/days/{lesson}/door")).await;
    browser.fill("code", card).await;
    browser.enter().await;
    browser.says("野村 とき さん（参加）：受け付けました").await;
    browser.look("door").await;
}

/// She cooks, and is given what the street takes for money.
async fn helps(
    browser: &Browser,
    served: &Served,
    (course, day): (RowId, Date),
    supporter: SupporterId,
) {
    let lesson = day_of(served, course, day).await;
    browser
        .go(&format!("/station/days/{lesson}/door?as=cook"))
        .await;
    browser.fill("seek", "野村").await;
    browser.press("さがす").await;
    browser.press("野村 とき").await;
    browser.says("野村 とき さん（調理）：受け付けました").await;
    browser
        .go(&format!("/station/supporters/{supporter}/vouchers"))
        .await;
    browser.fill("course", "金曜の食堂").await;
    browser.choose("role", "cook").await;
    browser.fill("amount", "500").await;
    browser.press("渡した").await;
    browser.says("500円").await;
    browser.look("vouchers").await;
}

/// Every Friday six others dine, and she until the autumn.
async fn weeks(served: &Served, course: RowId, supporter: SupporterId) {
    let mut others = Vec::new();
    for name in [
        "浅井 ふみ",
        "石川 清",
        "上原 正",
        "江藤 はな",
        "岡部 すず",
        "加瀬 勇",
    ] {
        let details = supporters::Details {
            name: name.to_owned(),
            ..supporters::Details::default()
        };
        let nurse = served.town.deed_of(Role::CenterStaff).await;
        others.push(
            supporters::join(served.town.db(), &nurse, details, FIRST)
                .await
                .unwrap(),
        );
    }
    for week in 0..CAME + 8 {
        let day = FIRST + (7 * week).days();
        served.town.at(&format!("{day}T10:10:00+09:00"));
        let nurse = served.town.deed_of(Role::CenterStaff).await;
        let lesson = day_of(served, course, day).await;
        let she = Some(supporter).filter(|_| (1..CAME).contains(&week));
        for who in others.iter().copied().chain(she) {
            dines(served, &nurse, lesson, who).await;
        }
        door::end_roll(served.town.db(), &nurse, lesson)
            .await
            .unwrap();
    }
}

async fn dines(served: &Served, nurse: &Deed, day: RowId, who: SupporterId) {
    let coming = Coming {
        day,
        part: Part::Participant,
        way: Way::Card,
        nonce: nurse.new_id(),
    };
    let tried = door::come(served.town.db(), nurse, coming, door::Who::Supporter(who)).await;
    assert!(tried.unwrap().attendance.is_some());
}

/// On Monday the list of the week says it in one sentence; somebody goes and looks.
async fn is_noticed(browser: &Browser, served: &Served) {
    let head = served.town.deed_of(Role::CenterHead).await;
    change::set_number(served.town.db(), &head, 3)
        .await
        .unwrap();
    let monday = FIRST + (7 * (CAME + 7) + 3).days();
    on(browser, served, monday, Role::CenterStaff).await;
    change::keep_up(served.town.db(), &served.town.deed().await)
        .await
        .unwrap();
    browser.go("/station/watch/week").await;
    browser.says("野村 とき").await;
    browser.look("week").await;
    browser.press("気づきにする").await;
    browser.says("答えを記録しました").await;
    browser.look("notice").await;
    browser.press("このセンターで引き受ける").await;
    browser.pick("kind", "visit").await;
    browser
        .fill("words", "訪ねた。ひざを痛めて、階段がつらいとのこと")
        .await;
    browser.press("記録する").await;
    browser.says("確かめたことを記録しました").await;
    browser.says("ひざを痛めて").await;
}

/// At home she reads that somebody looked, and no more.
async fn reads(browser: &Browser, served: &Served, card: &str) {
    assert_eq!(in_japan(served.town.app.now()).hour(), 10);
    browser.go("/m/minami").await;
    browser.fill("card", card).await;
    browser.press("つぎへ").await;
    browser.fill("pin", "7482").await;
    browser.press("開く").await;
    browser.says("野村 とき さんのページ").await;
    browser
        .says("これからも、ときどきお声をかけることにしました")
        .await;
    browser.says("500円分").await;
    browser.look("own").await;
}
