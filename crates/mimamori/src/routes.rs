//! Every door of the house, and what surrounds them all.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue, Response, StatusCode};
use axum::middleware::from_fn;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

use crate::app::App;
use crate::erasure::ROSTERS;
use crate::exchange::fhir;
use crate::front::{self, Above, Door, Doors, Problem, Sighting};
use crate::people::views::{Explain, Waiting};
use crate::people::{import, twins, views};
use crate::{
    board, cases, consultations, desk, exchange, leaving, networks, notices, papers, paths, people,
    renewals, staff, station, tags, tasks,
};

/// The largest body a request may have: a roster of 50,000 people in Excel is
/// about 12 MB; photos are refused above 8 MB by their own page.
const BODY_LIMIT: usize = 32 * 1024 * 1024;

/// After this a request is given up; long work runs behind a progress page.
pub(crate) const TIME_LIMIT: Duration = Duration::from_secs(30);

/// No script, style, frame or form target from anywhere else, and none inline.
const CONTENT_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
     img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; \
     form-action 'self'; \
     frame-ancestors 'none'; base-uri 'none'";

/// What belongs to a person in the rooms above theirs: it passes on where two records become one.
/// Held against the schema by `tests/house/twins/schema.rs`.
pub const BELONGINGS: &[twins::Belonging] = &[
    twins::TASKS,
    tags::BELONGING,
    desk::BELONGING,
    notices::BELONGING,
    // After the inquiries, which they follow.
    board::BELONGING,
    paths::checklists::BELONGING,
    consultations::BELONGING,
    cases::BELONGING,
    paths::steps::BELONGING,
    paths::referrals::BELONGING,
    station::supporters::BELONGING,
    station::watch::BELONGING,
];

/// Why somebody opens a record, as the rooms above people know it; tasks, one's own work and open
/// pairs are known there.
pub const EXPLAINS: &[Explain] = &[
    Explain {
        word: "更新の確認",
        holds: |conn, deed, look| Box::pin(renewals::explains(conn, deed, look.person)),
    },
    // Nor 「気づき」: it would say that somebody told.
    Explain {
        word: "担当の仕事",
        holds: |conn, deed, look| Box::pin(notices::explains(conn, deed, look)),
    },
    Explain {
        word: "継続中の相談",
        holds: |conn, deed, look| Box::pin(consultations::explains(conn, deed, look)),
    },
    // Not 「支援」: the person's list is read by others too (docs/decisions/0022).
    Explain {
        word: "担当の仕事",
        holds: |conn, deed, look| Box::pin(cases::explains(conn, deed, look)),
    },
    // Nor 「様子の記録」.
    Explain {
        word: "担当の仕事",
        holds: |conn, deed, look| Box::pin(station::watch::explains(conn, deed, look)),
    },
    Explain {
        word: "つなぎ・チェックリスト",
        holds: |conn, deed, look| {
            Box::pin(paths::steps::explains(conn, deed, look.person, look.staff))
        },
    },
];

/// What the rooms have for the head of a center to do, with its page.
pub const WAITS: &[Waiting] = &[
    Waiting {
        word: "最初の確認が遅れている気づき",
        href: "/notices",
        count: |conn, deed, center| Box::pin(notices::count_late(conn, deed, center)),
    },
    Waiting {
        word: "2人目の確認を待つ計画と終了（支援）",
        href: "/cases/load",
        count: |conn, deed, center| Box::pin(cases::count_unreviewed(conn, deed, center)),
    },
    Waiting {
        word: "同じ方の支援が2つあるもの",
        href: "/cases/load",
        count: |conn, deed, center| Box::pin(cases::count_doubled(conn, deed, center)),
    },
];

/// What rooms show of the rooms above them.
pub const ABOVE: Above = Above {
    notice: |asked, id| Box::pin(cases::of_notice(asked, id)),
    consultation: |asked, id| Box::pin(cases::of_consultation(asked, id)),
    case: |asked, id| Box::pin(paths::of_case(asked, id)),
    helped: |conn, deed, (notices, since)| {
        Box::pin(async move { Ok(paths::steps::list_helped(conn, deed, &notices, since).await?) })
    },
    sightings: |conn, deed, since| {
        Box::pin(async move {
            let seen = station::watch::list_seen(conn, deed, since).await?;
            Ok(seen.into_iter().map(sighting).collect())
        })
    },
};

fn sighting(of: station::watch::Seen) -> Sighting {
    Sighting {
        id: of.id,
        person: of.person,
        by: of.by.0,
        at: of.at,
        signs: of.signs,
    }
}

/// What the register is handed.
const REGISTER: people::FromAbove = people::FromAbove {
    erased: leaving::ERASED,
    met: renewals::MET,
};

/// All rooms' doors.
pub fn doors(app: App) -> Doors {
    Doors::new(app)
        .room(front::doors)
        .room(networks::doors)
        .room(staff::doors)
        .room(|doors| people::doors(doors, REGISTER))
        .room(|doors| import::doors(doors, ROSTERS))
        .room(|doors| twins::doors(doors, BELONGINGS))
        .room(|doors| views::doors(doors, WAITS))
        .room(tags::doors)
        .room(tasks::doors)
        .room(desk::doors)
        .room(notices::doors)
        .room(paths::doors)
        .room(consultations::doors)
        .room(cases::doors)
        .room(station::doors)
        .room(renewals::doors)
        .room(leaving::doors)
        .room(board::doors)
        .room(papers::doors)
        .room(exchange::doors)
        .room(fhir::doors)
}

/// The whole program as a service, and the list of its doors.
pub fn router(app: App) -> (Router, Vec<Door>) {
    let secure = app.config.behind_tls;
    let (router, list) = doors(app.clone()).finish();
    // One stack, the outermost first: each `Router::layer` of its own would box every answer anew.
    let around = ServiceBuilder::new()
        .map_response(headers(secure))
        .layer(from_fn(exchange::speak))
        .layer(from_fn(fhir::speak))
        .layer(CatchPanicLayer::custom(|_| front::panicked()))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::REQUEST_TIMEOUT,
            TIME_LIMIT,
        ))
        .layer(RequestBodyLimitLayer::new(BODY_LIMIT))
        .layer(CsrfLayer::new());
    let router = router
        .fallback(|| async { Problem::NotFound })
        .layer(around)
        .with_state(app);
    (router, list)
}

/// Puts the headers of every answer on it, but where the answer says otherwise itself.
fn headers<B>(secure: bool) -> impl Fn(Response<B>) -> Response<B> + Clone {
    let mut always = vec![
        (CONTENT_SECURITY_POLICY, CONTENT_POLICY),
        (X_FRAME_OPTIONS, "DENY"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
        ),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (CACHE_CONTROL, "no-store"),
    ];
    if secure {
        let year = "max-age=31536000; includeSubDomains";
        always.push((STRICT_TRANSPORT_SECURITY, year));
    }
    let always: Arc<[_]> = always
        .into_iter()
        .map(|(name, value)| (name, HeaderValue::from_static(value)))
        .collect();
    move |mut response| {
        for (name, value) in always.iter() {
            let headers = response.headers_mut();
            headers.entry(name).or_insert_with(|| value.clone());
        }
        response
    }
}
