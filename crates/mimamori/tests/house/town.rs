//! The one named world: みなみ町 with its two centers, its neighbour きたみ町, and somebody of
//! every role in both. Built through the real acts; extend it rather than build another.
//!
//! ```text
//! on_both(async |town| {
//!     let nurse = town.sign_in(Role::CenterStaff).await;
//!     let page = nurse.get("/people").await;
//!     assert_eq!(page.status, 200);
//!     assert_eq!(page.select("h1"), ["登録者"]);
//! })
//! .await;
//! ```

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, OnceLock};

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, header};
use db::testing::{self, ENGINES, TestDb};
use db::{Db, Engine, Settings};
use http_body_util::BodyExt;
use jiff::Timestamp;
use mimamori::app::App;
use mimamori::clock::Clock;
use mimamori::config::{Config, KeyPlace};
use mimamori::deed::{Deed, Dice};
use mimamori::front::Door;
use mimamori::ids::{CenterId, NetworkId, RowId, StaffId};
use mimamori::mail::Post;
use mimamori::networks::{
    self, CenterCard, NewTown, Operator, Organisation, OrganisationKind, Vault,
};
use mimamori::scope::{Actor, ROLES, Role, Scope};
use mimamori::staff::{self, Card, Place, Stage};
use mimamori::{migrations, routes};
use scraper::{Html, Selector};
use seal::{MasterKey, SecretToken, TestChance};
use tempfile::TempDir;
use tower::ServiceExt;
use words::municipality::MunicipalityCode;
use words::phone::Phone;

/// A Friday morning; the Monday after it is 勤労感謝の日.
pub const FRIDAY: &str = "2026-11-20T10:00:00+09:00";
/// Everybody's password; hashed once for the whole run.
pub const PASSWORD: &str = "みかんとねこと青い自転車";
/// Where requests come from unless a test says otherwise.
pub const HERE: &str = "192.0.2.10";

/// Tells a story on both engines, each in a world of its own.
pub async fn on_both(story: impl AsyncFn(Town)) {
    for engine in ENGINES {
        story(Town::build(engine).await).await;
    }
}

/// The world.
pub struct Town {
    pub app: App,
    /// みなみ町.
    pub minami: Network,
    /// きたみ町, whose rows nobody of みなみ町 may see.
    pub kitami: Network,
    pub doors: Vec<Door>,
    router: Router,
    _db: TestDb,
    _machine: TempDir,
}

/// One town with its centers and people at work.
pub struct Network {
    pub id: NetworkId,
    /// みなみ地域包括支援センター (きたみ町: ひがし…).
    pub center: CenterId,
    /// きた地域包括支援センター (きたみ町: にし…).
    pub other_center: CenterId,
    /// みなみ総合病院 (きたみ町: きたみ病院).
    pub hospital: RowId,
    staff: Vec<(Role, StaffId)>,
}

impl Network {
    /// The account of a role.
    pub fn staff(&self, role: Role) -> StaffId {
        self.staff.iter().find(|(of, _)| *of == role).unwrap().1
    }
}

impl Town {
    /// The world on an engine.
    pub async fn build(engine: Engine) -> Town {
        Town::build_posting(engine, Post::default()).await
    }

    /// The same with a way for mail to leave.
    pub async fn build_posting(engine: Engine, post: Post) -> Town {
        let fresh = testing::fresh(engine).await.unwrap();
        fresh.db.migrate(migrations::ALL).await.unwrap();
        let dice = Dice::Seeded(Arc::new(Mutex::new(TestChance::new(20_261_120))));
        let vault = Vault::new(MasterKey::generate(&mut dice.clone()));
        let clock = Clock::standing(FRIDAY.parse().unwrap());
        // The program keeps files of its own beside the key.
        let machine = tempfile::tempdir().unwrap();
        let config = Config {
            key: KeyPlace::File(machine.path().join("master.key")),
            ..Config::default()
        };
        let mut app = App::new(fresh.db.clone(), vault, clock, dice, config);
        app.post = post;
        let minami = town(
            &app,
            "minami",
            "みなみ町見守りネットワーク",
            13_111,
            ["みなみ", "きた"],
            "みなみ総合病院",
        )
        .await;
        let kitami = town(
            &app,
            "kitami",
            "きたみ町見守りネットワーク",
            1_208,
            ["ひがし", "にし"],
            "きたみ病院",
        )
        .await;
        let (router, doors) = routes::router(app.clone());
        Town {
            app,
            minami,
            kitami,
            doors,
            router,
            _db: fresh,
            _machine: machine,
        }
    }

    /// The database.
    pub fn db(&self) -> &Db {
        &self.app.db
    }

    /// Where the database is.
    pub fn settings(&self) -> &Settings {
        &self._db.settings
    }

    /// Moves the clock.
    pub fn at(&self, time: &str) {
        self.app.clock.set(time.parse().unwrap());
    }

    /// Moves the clock on by seconds.
    pub fn pass(&self, seconds: i64) {
        let now = self.app.now();
        self.app
            .clock
            .set(Timestamp::from_second(now.as_second() + seconds).unwrap());
    }

    /// The means of a deed done in みなみ町 by the program itself, with every right.
    pub async fn deed(&self) -> Deed {
        self.app.program_deed(self.minami.id, "test").await.unwrap()
    }

    /// The means of a deed done by somebody of this role in みなみ町.
    pub async fn deed_of(&self, role: Role) -> Deed {
        deed_of(&self.app, &self.minami, role).await
    }

    /// The same in either town.
    pub async fn deed_at(&self, place: &Network, role: Role) -> Deed {
        deed_of(&self.app, place, role).await
    }

    /// A browser with somebody of みなみ町 signed in.
    pub async fn sign_in(&self, role: Role) -> Client {
        self.sign_in_at(&self.minami, role).await
    }

    /// The same in either town.
    pub async fn sign_in_at(&self, place: &Network, role: Role) -> Client {
        let deed = deed_of(&self.app, place, role).await;
        let staff = place.staff(role);
        let opened = staff::open_session(self.db(), &deed, staff, Stage::Full, "test".to_owned());
        let client = self.visitor();
        client.keep(&format!("mimamori={}", opened.await.unwrap().cookie));
        client
    }

    /// A browser with nobody signed in.
    pub fn visitor(&self) -> Client {
        self.visitor_from(HERE)
    }

    /// The same from another network address.
    pub fn visitor_from(&self, address: &str) -> Client {
        Client {
            router: self.router.clone(),
            from: format!("{address}:40000").parse().unwrap(),
            cookies: Mutex::default(),
            token: Mutex::default(),
        }
    }

    /// The mail address of the account of a role in みなみ町.
    pub fn email(&self, role: Role) -> String {
        email("minami", role)
    }
}

fn email(short: &str, role: Role) -> String {
    format!("{}@{short}.example.jp", role.code())
}

async fn deed_of(app: &App, place: &Network, role: Role) -> Deed {
    let scope = Scope {
        network: place.id,
        actor: Actor::Staff(place.staff(role)),
        rights: role.rights(),
        center: role.is_of_center().then_some(place.center),
        origin: HERE.to_owned(),
    };
    app.deed(scope).await.unwrap()
}

fn phone(text: &str) -> Phone {
    Phone::parse(text).unwrap()
}

async fn town(
    app: &App,
    short: &str,
    name: &str,
    five: u32,
    centers: [&str; 2],
    hospital: &str,
) -> Network {
    let id = app.new_network_id();
    let new = NewTown {
        short: short.to_owned(),
        name: name.to_owned(),
        municipality_code: MunicipalityCode::from_five(five).unwrap(),
        operator: Operator::Public,
        day_phone: Some(phone("03-0100-0001")),
        night_phone: Some(phone("03-0100-0002")),
    };
    networks::found(&app.db, &app.vault, id, app.now(), app.dice.clone(), new)
        .await
        .unwrap();
    let deed = app.program_deed(id, "test").await.unwrap();
    let center = center(app, &deed, centers[0]).await;
    let other_center = self::center(app, &deed, centers[1]).await;
    let hospital = Organisation {
        id: RowId(0),
        kind: OrganisationKind::Hospital,
        name: hospital.to_owned(),
        phones: vec![phone("03-0100-0119")],
        closed_at: None,
        version: 1,
    };
    let hospital = networks::add_organisation(&app.db, &deed, hospital)
        .await
        .unwrap();
    let mut staff = Vec::new();
    for role in ROLES {
        let place = Place {
            role,
            center: role.is_of_center().then_some(center),
            organisation: (role == Role::Partner).then_some(hospital),
        };
        staff.push((role, account(app, &deed, short, place).await));
    }
    Network {
        id,
        center,
        other_center,
        hospital,
        staff,
    }
}

async fn center(app: &App, deed: &Deed, name: &str) -> CenterId {
    let card = CenterCard {
        name: format!("{name}地域包括支援センター"),
        address: format!("{name}町1丁目1番1号"),
        day_phone: None,
        night_phone: None,
    };
    networks::add_center(&app.db, deed, card).await.unwrap()
}

/// Invites somebody and accepts for them.
async fn account(app: &App, deed: &Deed, short: &str, place: Place) -> StaffId {
    let name = match place.role {
        Role::TownAdmin => "山田 町子",
        Role::CenterHead => "長谷 主子",
        Role::CenterStaff => "中村 看子",
        Role::NightDesk => "夜野 守",
        Role::Partner => "医東 連",
        Role::Auditor => "監物 見",
        Role::Tablet => "入口のタブレット",
    };
    let card = Card {
        name: name.to_owned(),
        email: email(short, place.role),
    };
    let invited = staff::invite(&app.db, deed, card, place).await.unwrap();
    let (_, secret) = invited.token.split_once('.').unwrap();
    let secret = SecretToken::read(secret).unwrap();
    if place.role == Role::Tablet {
        return staff::accept_tablet(&app.db, deed, &secret).await.unwrap();
    }
    let hash = password_hash().to_owned();
    staff::accept(&app.db, deed, &secret, name.to_owned(), hash)
        .await
        .unwrap()
}

/// argon2 takes its time, so the one password of this world is hashed once.
pub fn password_hash() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| seal::password::hash(PASSWORD, &mut TestChance::new(1)).unwrap())
}

/// A browser: it keeps cookies, goes nowhere by itself, and can claim another origin.
pub struct Client {
    router: Router,
    from: SocketAddr,
    cookies: Mutex<Vec<(String, String)>>,
    token: Mutex<Option<String>>,
}

impl Client {
    /// Opens a page.
    pub async fn get(&self, path: &str) -> Page {
        self.send(Request::get(path).body(Body::empty()).unwrap())
            .await
    }

    /// Sends a form, as this program's own page does.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        self.post_from("same-origin", path, fields).await
    }

    /// Sends a form from a page elsewhere: `cross-site`, `same-site`, `none`.
    pub async fn post_from(&self, site: &str, path: &str, fields: &[(&str, &str)]) -> Page {
        let request = Request::post(path)
            .header("sec-fetch-site", site)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(urlencoded(fields)));
        self.send(request.unwrap()).await
    }

    /// Names itself with a token from now on, as another program does.
    pub fn bear(&self, token: &str) {
        *self.token.lock().unwrap() = Some(format!("Bearer {token}"));
    }

    /// Sends any request with this browser's cookies, or this program's token.
    pub async fn send(&self, mut request: Request<Body>) -> Page {
        let cookies = self.cookies.lock().unwrap().clone();
        let line: Vec<String> = cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        request
            .headers_mut()
            .insert(header::COOKIE, line.join("; ").parse().unwrap());
        if let Some(token) = self.token.lock().unwrap().as_deref() {
            let headers = request.headers_mut();
            headers.insert(header::AUTHORIZATION, token.parse().unwrap());
        }
        request.extensions_mut().insert(ConnectInfo(self.from));
        let (parts, body) = self
            .router
            .clone()
            .oneshot(request)
            .await
            .unwrap()
            .into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            self.keep(cookie.to_str().unwrap());
        }
        let bytes = body.collect().await.unwrap().to_bytes().to_vec();
        Page {
            status: parts.status.as_u16(),
            headers: parts.headers,
            bytes,
        }
    }

    /// The value of a cookie.
    pub fn cookie(&self, name: &str) -> Option<String> {
        let cookies = self.cookies.lock().unwrap();
        cookies
            .iter()
            .find(|(of, _)| of == name)
            .map(|(_, value)| value.clone())
    }

    /// Keeps a cookie as a browser does; `Max-Age=0` takes it away.
    pub fn keep(&self, set: &str) {
        let (name, value) = set.split(';').next().unwrap().split_once('=').unwrap();
        let mut cookies = self.cookies.lock().unwrap();
        cookies.retain(|(of, _)| of != name);
        if !set.contains("Max-Age=0") {
            cookies.push((name.to_owned(), value.to_owned()));
        }
    }
}

/// Fields as a form sends them.
pub fn urlencoded(fields: &[(&str, &str)]) -> String {
    use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
    let coded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let pairs: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{}={}", coded(name), coded(value)))
        .collect();
    pairs.join("&")
}

/// An answer.
pub struct Page {
    pub status: u16,
    pub headers: axum::http::HeaderMap,
    pub bytes: Vec<u8>,
}

impl Page {
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// Where a redirect leads; empty where it is none.
    pub fn location(&self) -> &str {
        self.header("location")
    }

    /// A header; empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// The text of every element that the selector finds.
    pub fn select(&self, css: &str) -> Vec<String> {
        let page = Html::parse_document(&self.text());
        let css = Selector::parse(css).unwrap();
        let found = page.select(&css);
        found
            .map(|element| element.text().collect::<String>().trim().to_owned())
            .collect()
    }

    /// An attribute of the first element that the selector finds.
    pub fn attr(&self, css: &str, name: &str) -> Option<String> {
        let page = Html::parse_document(&self.text());
        let found = page.select(&Selector::parse(css).unwrap()).next()?;
        found.value().attr(name).map(str::to_owned)
    }

    /// The hidden fields of the first form with this action.
    pub fn hidden(&self, action: &str) -> Vec<(String, String)> {
        let page = Html::parse_document(&self.text());
        let css = format!("form[action='{action}'] input[type=hidden]");
        let css = Selector::parse(&css).unwrap();
        let found = page.select(&css);
        let pair = |name: Option<&str>, value: Option<&str>| {
            (
                name.unwrap_or_default().to_owned(),
                value.unwrap_or_default().to_owned(),
            )
        };
        found
            .map(|input| pair(input.value().attr("name"), input.value().attr("value")))
            .collect()
    }
}
