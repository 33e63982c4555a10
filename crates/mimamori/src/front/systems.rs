//! What stands at the doors for other programs: finds the token, weighs the access, keeps the pace.

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;

use super::asked::Asked;
use super::doors::Access;
use super::fault::Fault;
use super::guard::passes;
use crate::app::App;
use crate::audit::{self, Fields, Line, Verb};
use crate::exchange::{self, Bearer, Entered, Stopped};
use crate::scope::{Actor, NoRight, Rights, Scope};

/// A request of another program, if its token opens this door.
pub(super) async fn admit(
    app: App,
    access: Access,
    headers: &HeaderMap,
    origin: String,
) -> Result<Asked, Fault> {
    let bearer = bearer(headers).ok_or_else(no_token)?;
    let mut conn = app.db.read().await?;
    let entered = exchange::find_entered(&mut conn, &bearer).await?;
    drop(conn);
    let entered = entered.ok_or_else(no_token)?;
    keep_pace(&app, &entered)?;
    if let Err(why) = entered.may_enter(app.now(), &origin) {
        return Err(stop(&app, &entered, origin, why).await?);
    }
    touch(&app, &entered).await?;
    let scope = scope(&entered, origin, entered.rights);
    if !passes(access, &scope) {
        return Err(NoRight.into());
    }
    let deed = app.deed(scope).await?;
    Ok(Asked {
        app,
        deed,
        session: entered.session,
        flash: None,
    })
}

fn bearer(headers: &HeaderMap) -> Option<Bearer> {
    let value = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    let token = token.trim();
    Bearer::read(token).filter(|_| scheme.eq_ignore_ascii_case("bearer"))
}

fn no_token() -> Fault {
    Fault::token(
        "Authorization ヘッダーに「Bearer トークン」の形で、町の管理者から受け取ったトークンを入れてください。",
    )
}

fn scope(entered: &Entered, origin: String, rights: Rights) -> Scope {
    Scope {
        network: entered.session.network,
        actor: Actor::System(entered.session.staff),
        rights,
        center: entered.session.center,
        origin,
    }
}

fn keep_pace(app: &App, entered: &Entered) -> Result<(), Fault> {
    let system = entered.session.staff.0;
    let (count, left) = app.rates.count(system, "requests", 60, app.now());
    match count > entered.per_minute {
        true => Err(Fault::slowed(format!(
            "1分間に{}回までです。{left}秒後にもう一度お送りください。",
            entered.per_minute
        ))
        .after(left)),
        false => Ok(()),
    }
}

/// The refusal of a token that is known; the auditors read of it once an hour, so that a program
/// that goes on trying does not fill the record.
async fn stop(app: &App, entered: &Entered, origin: String, why: Stopped) -> Result<Fault, Fault> {
    let (what, words, fault) = match why {
        Stopped::Ended => (
            "ended",
            "期限切れのトークン",
            Fault::token(
                "トークンの期限が切れています。町の管理者に新しいトークンを頼んでください。",
            ),
        ),
        Stopped::Revoked => (
            "revoked",
            "停止したトークン",
            Fault::token(
                "このトークンは停止されています。町の管理者に新しいトークンを頼んでください。",
            ),
        ),
        Stopped::Suspended => (
            "suspended",
            "停止中の外部システム",
            Fault::token("このシステムは停止中です。町の管理者にお問い合わせください。"),
        ),
        Stopped::Elsewhere => (
            "elsewhere",
            "許可のない接続元からの外部システム",
            Fault::forbidden(
                "この接続元からは使えません。接続元のアドレスを町の管理者にお伝えください。",
            ),
        ),
    };
    let system = entered.session.staff;
    let (count, _) = app.rates.count(system.0, what, 3_600, app.now());
    if count == 1 {
        let deed = app.deed(scope(entered, origin, Rights::NONE)).await?;
        let line = Line::new(Verb::SignInRefused, None, Fields::NOTHING);
        audit::witness(&app.db, &deed, line.saying(format!("{words} {system}"))).await?;
    }
    Ok(fault)
}

async fn touch(app: &App, entered: &Entered) -> Result<(), Fault> {
    let now = app.now();
    if entered.wants_touch(now) {
        let entered = entered.clone();
        let touch = app.db.write(move |conn| {
            Box::pin(async move { exchange::touch_token(conn, &entered, now).await })
        });
        touch.await?;
    }
    Ok(())
}
