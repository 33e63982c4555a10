//! The named world behind a real listener.

use db::Engine;
use mimamori::{routes, server};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::town::Town;

/// A server on a free port of this machine; ends when dropped.
pub struct Served {
    pub town: Town,
    /// `http://127.0.0.1:port`
    pub address: String,
    _stop: oneshot::Sender<()>,
}

impl Served {
    /// The named world on SQLite.
    pub async fn start() -> Served {
        let town = Town::build(Engine::Sqlite).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let (stop, stopped) = oneshot::channel::<()>();
        let (router, _) = routes::router(town.app.clone());
        tokio::spawn(async move {
            let until = async {
                let _ = stopped.await;
            };
            server::run(listener, router, until).await;
        });
        Served {
            town,
            address,
            _stop: stop,
        }
    }
}
