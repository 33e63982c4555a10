//! The doors of the Station.

use mimamori::ids::{RowId, SupporterId};
use mimamori::scope::Role;
use mimamori::station::watch::About;

use super::{GONE, NO_FORM, OK, Row};
use crate::station;
use crate::town::{Network, Town};

/// Done once, and then not there any more.
const ONCE: &[u16] = &[303, 404];

/// As long as nobody has taken it out.
const AS_LONG: &[u16] = &[404, 409];

/// Asked for only from its beginning on.
const LATER: &[u16] = &[422];
/// A tablet stands at the doors of today alone.
const TODAY: &[u16] = &[200, 303, 404, 409, 422];
/// Nobody has said anything yet.
const NOBODYS: &[u16] = &[404];

pub const DOORS: &[Row] = &[
    ("GET", "/c/{short}", "public", OK),
    ("GET", "/c/{short}/courses.ics", "public", OK),
    ("GET", "/c/{short}/event.csv", "public", OK),
    ("GET", "/c/{short}/voice", "public", OK),
    ("GET", "/c/{short}/voice/{lesson}", "public", LATER),
    ("POST", "/c/{short}/voice/{lesson}", "public", LATER),
    ("POST", "/c/{short}/voice/{lesson}/words", "public", NOBODYS),
    ("GET", "/station/voices", "C", OK),
    ("POST", "/station/voices/{voice}/removal", "C", NOBODYS),
    ("GET", "/station", "C", OK),
    ("GET", "/station/courses", "C", OK),
    ("GET", "/station/courses/new", "C", OK),
    ("POST", "/station/courses/new", "C", OK),
    ("GET", "/station/courses/{course}", "C", OK),
    ("GET", "/station/courses/{course}/edit", "C", OK),
    ("POST", "/station/courses/{course}/edit", "C", OK),
    ("POST", "/station/courses/{course}/ending", "C", OK),
    ("POST", "/station/courses/{course}/resuming", "C", OK),
    ("GET", "/station/days/{lesson}", "C", OK),
    ("POST", "/station/days/{lesson}", "C", OK),
    ("POST", "/station/days/{lesson}/moving", "C", OK),
    ("POST", "/station/days/{lesson}/off", "C", OK),
    ("POST", "/station/days/{lesson}/on", "C", OK),
    ("GET", "/station/year", "C", OK),
    ("POST", "/station/year", "C", OK),
    ("GET", "/station/places", "C", OK),
    ("POST", "/station/places", "C", OK),
    ("GET", "/station/places/{place}", "C", OK),
    ("POST", "/station/places/{place}", "C", OK),
    ("POST", "/station/closures", "C", OK),
    ("POST", "/station/closures/{closure}/remove", "C", ONCE),
    ("GET", "/station/figures", "AC", OK),
    ("POST", "/station/figures", "AC", OK),
    ("POST", "/papers/station", "AC", OK),
    ("POST", "/papers/courses", "C", OK),
    ("POST", "/papers/supporters/cards", "C", OK),
    ("POST", "/papers/supporters/{supporter}/card", "C", OK),
    ("POST", "/papers/supporters/{supporter}/receipt", "C", GONE),
    ("GET", "/station/supporters", "C", OK),
    ("POST", "/station/supporters/search", "C", OK),
    ("GET", "/station/supporters/new", "C", OK),
    ("POST", "/station/supporters/new", "C", OK),
    ("GET", "/station/supporters/{supporter}", "C", OK),
    ("GET", "/station/supporters/{supporter}/edit", "C", OK),
    ("POST", "/station/supporters/{supporter}/edit", "C", OK),
    ("POST", "/station/supporters/{supporter}/leaving", "C", OK),
    ("POST", "/station/supporters/{supporter}/staying", "C", OK),
    ("POST", "/station/supporters/{supporter}/return", "C", OK),
    ("POST", "/station/supporters/{supporter}/erasure", "H", OK),
    ("GET", "/station/supporters/{supporter}/tie", "C", OK),
    ("POST", "/station/supporters/{supporter}/tie", "C", OK),
    ("POST", "/station/supporters/{supporter}/untie", "C", OK),
    ("GET", "/station/door", "CT", OK),
    ("GET", "/station/days/{lesson}/door", "CT", TODAY),
    ("POST", "/station/days/{lesson}/door", "CT", TODAY),
    ("POST", "/station/days/{lesson}/door/code", "CT", TODAY),
    ("POST", "/station/days/{lesson}/door/frame", "CT", TODAY),
    ("POST", "/station/days/{lesson}/door/late", "CT", TODAY),
    ("GET", "/station/door/offline", "public", OK),
    ("GET", "/station/door.js", "public", OK),
    ("GET", "/station/door.webmanifest", "public", OK),
    ("POST", "/station/days/{lesson}/door/search", "CT", TODAY),
    ("POST", "/station/days/{lesson}/door/end", "CT", TODAY),
    ("POST", "/station/days/{lesson}/door/reopen", "CT", TODAY),
    ("GET", "/station/days/{lesson}/tries", "CT", TODAY),
    ("GET", "/station/days/{lesson}/rolls", "C", OK),
    ("POST", "/station/days/{lesson}/rolls", "C", NO_FORM),
    ("GET", "/station/rolls/{sheet}", "C", OK),
    ("POST", "/station/rolls/{sheet}", "C", OK),
    ("POST", "/papers/rolls/{lesson}", "C", OK),
    (
        "POST",
        "/station/attendances/{attendance}/undo",
        "CT",
        TODAY,
    ),
    (
        "POST",
        "/station/attendances/{attendance}/left",
        "CT",
        TODAY,
    ),
    ("GET", "/station/signups", "C", OK),
    ("POST", "/station/signups/search", "C", OK),
    ("POST", "/station/signups/settings", "C", OK),
    ("GET", "/station/signups/{signup}", "C", OK),
    ("POST", "/station/signups/{signup}/take", "C", OK),
    ("POST", "/station/signups/{signup}/end", "C", OK),
    ("GET", "/station/days/{lesson}/signups", "C", OK),
    ("POST", "/station/days/{lesson}/signups", "C", OK),
    ("POST", "/station/days/{lesson}/signups/search", "C", OK),
    ("POST", "/station/days/{lesson}/signups/told", "C", OK),
    ("GET", "/k/{short}", "public", OK),
    ("GET", "/c/{short}/days/{lesson}", "public", GONE),
    ("POST", "/c/{short}/days/{lesson}", "public", GONE),
    ("GET", "/c/{short}/signups", "public", OK),
    ("POST", "/c/{short}/signups", "public", OK),
    ("POST", "/c/{short}/signups/answer", "public", OK),
    ("GET", "/m/{short}", "public", OK),
    ("GET", "/m/{short}/tablet", "public", OK),
    ("POST", "/m/{short}", "public", OK),
    ("POST", "/m/{short}/leaving", "public", OK),
    ("GET", "/m/{short}/page", "public", OK),
    ("POST", "/m/{short}/days/{lesson}", "public", OK),
    ("POST", "/m/{short}/signups/{signup}", "public", OK),
    ("GET", "/station/supporters/{supporter}/own", "C", OK),
    ("POST", "/station/supporters/{supporter}/own", "C", OK),
    (
        "POST",
        "/station/supporters/{supporter}/own/closing",
        "C",
        OK,
    ),
    ("POST", "/papers/supporters/{supporter}/own", "C", OK),
    ("GET", "/station/supporters/{supporter}/vouchers", "C", OK),
    ("POST", "/station/supporters/{supporter}/vouchers", "C", OK),
    ("GET", "/station/vouchers", "C", OK),
    ("POST", "/station/vouchers", "C", OK),
    ("POST", "/station/vouchers/file", "C", OK),
    ("GET", "/station/vouchers/rules", "C", OK),
    ("POST", "/station/vouchers/rules", "H", OK),
    ("GET", "/station/vouchers/lines/{voucher}", "C", OK),
    ("POST", "/station/vouchers/lines/{voucher}", "C", OK),
    ("POST", "/papers/vouchers", "C", OK),
    ("POST", "/station/supporters/{supporter}/cards", "C", OK),
    (
        "POST",
        "/station/supporters/{supporter}/cards/{card}",
        "C",
        GONE,
    ),
    ("GET", "/station/supporters/rules", "C", OK),
    ("POST", "/station/supporters/rules", "H", OK),
    ("GET", "/station/supporters/{supporter}/fees", "C", OK),
    (
        "POST",
        "/station/supporters/{supporter}/fees/payment",
        "C",
        OK,
    ),
    (
        "POST",
        "/station/supporters/{supporter}/fees/waiving",
        "C",
        OK,
    ),
    (
        "POST",
        "/station/supporters/{supporter}/fees/undoing",
        "C",
        OK,
    ),
    ("POST", "/station/supporters/{supporter}/aways", "C", OK),
    (
        "POST",
        "/station/supporters/{supporter}/aways/{away}",
        "C",
        AS_LONG,
    ),
    (
        "POST",
        "/station/supporters/{supporter}/aways/{away}/remove",
        "C",
        ONCE,
    ),
    ("GET", "/station/watch", "C", OK),
    ("GET", "/station/watch/{observation}", "C", OK),
    ("POST", "/station/watch/{observation}/taking-back", "C", OK),
    ("POST", "/station/watch/{observation}/notice", "C", OK),
    ("GET", "/station/supporters/{supporter}/rhythm", "C", OK),
    ("GET", "/station/watch/week", "C", OK),
    ("POST", "/station/watch/lines/{line}", "C", OK),
    ("GET", "/station/watch/figures", "H", OK),
    ("POST", "/station/watch/figures", "H", OK),
    ("POST", "/station/watch/number", "H", OK),
    ("GET", "/station/supporters/{supporter}/consents", "C", OK),
    ("POST", "/station/supporters/{supporter}/consents", "C", OK),
    (
        "POST",
        "/station/supporters/{supporter}/consents/taking-back",
        "C",
        OK,
    ),
    ("GET", "/people/{person}/watch", "C", OK),
    ("POST", "/people/{person}/watch", "C", OK),
    ("GET", "/station/supporters/{supporter}/watch", "C", OK),
    ("POST", "/station/supporters/{supporter}/watch", "C", OK),
];

/// What a town has of them.
pub struct Ids {
    pub course: RowId,
    pub lesson: RowId,
    pub place: RowId,
    pub closure: RowId,
    pub supporter: SupporterId,
    pub signup: RowId,
    pub attendance: RowId,
    pub card: RowId,
    pub away: RowId,
    pub observation: RowId,
    pub line: RowId,
    pub voucher: RowId,
    pub sheet: RowId,
}

impl Ids {
    pub async fn of(town: &Town, place: &Network) -> Ids {
        let deed = town.deed_at(place, Role::CenterStaff).await;
        let held = station::held(town, &deed).await;
        let supporter = station::joined(town, &deed).await;
        let (card, away) = station::equipped(town, &deed, supporter).await;
        let about = About::Supporter(supporter);
        Ids {
            course: held.course,
            lesson: held.days[0],
            place: held.hall,
            closure: held.closure,
            supporter,
            card,
            away,
            signup: station::signed(town, &deed).await,
            attendance: station::came(town, &deed).await,
            line: station::listed(town, place, supporter).await,
            observation: station::observed(town, &deed, about, &["mood"]).await,
            voucher: station::given(town, &deed, supporter).await,
            sheet: station::marked(town, &deed).await,
        }
    }
}
