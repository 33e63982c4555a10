//! The HTTP server: accepts, limits, serves, and ends without dropping an answer.
//!
//! `axum::serve` has no limit on slow heads and open connections; a public page
//! needs both.

use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::response::Response;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{sleep, timeout};
use tower::ServiceExt as _;

/// Open connections at most; a browser holds up to six, so this is some 300
/// people at the same moment, at about 20 KiB each.
const CONNECTIONS: usize = 2048;

/// A head must be complete after this; also how long an idle connection is kept.
const HEAD_LIMIT: Duration = Duration::from_secs(20);

/// Requests under way at a stop are waited for this long; a little more than the
/// longest a request may take.
const LAST_ANSWERS: Duration = Duration::from_secs(35);

/// Out of file handles, accepting fails at once; a pause lets others be given back.
const BREATH: Duration = Duration::from_millis(50);

/// Serves until `stop` ends, then finishes what is under way.
pub async fn run(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    let (graceful, places) = (
        GracefulShutdown::new(),
        Arc::new(Semaphore::new(CONNECTIONS)),
    );
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = accept(&listener, &places) => accepted,
            () = &mut stop => break,
        };
        if let Some((stream, peer, place)) = accepted {
            let connection = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(HEAD_LIMIT)
                .serve_connection(TokioIo::new(stream), service(router.clone(), peer));
            let watched = graceful.watch(connection);
            tokio::spawn(async move {
                // A peer that breaks off or sends nonsense is its own affair.
                let _ = watched.await;
                drop(place);
            });
        }
    }
    drop(listener);
    if timeout(LAST_ANSWERS, graceful.shutdown()).await.is_err() {
        tracing::warn!("stopped before every request had its answer");
    }
}

type Accepted = (TcpStream, SocketAddr, OwnedSemaphorePermit);

/// The next connection, once there is a place for it.
async fn accept(listener: &TcpListener, places: &Arc<Semaphore>) -> Option<Accepted> {
    let place = places.clone().acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, peer)) => {
            // Answers are written whole; waiting to fill a packet only delays them.
            let _ = stream.set_nodelay(true);
            Some((stream, peer, place))
        }
        Err(_) => {
            sleep(BREATH).await;
            None
        }
    }
}

/// The program as one connection sees it: every request knows its peer.
fn service(
    router: Router,
    peer: SocketAddr,
) -> impl hyper::service::Service<Request<Incoming>, Response = Response, Error = Infallible, Future: Send>
{
    service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request.map(Body::new))
    })
}
