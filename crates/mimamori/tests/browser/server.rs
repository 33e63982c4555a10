//! The named world behind a real listener.

use db::Engine;
use mimamori::mail::Post;
use mimamori::networks::{self, Area};
use mimamori::scope::Role;
use mimamori::tags::{self, Mix, Order};
use mimamori::{routes, server};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::driver::Browser;
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
        Served::start_posting(Post::default()).await
    }

    /// The same with a way for mail to leave.
    pub async fn start_posting(post: Post) -> Served {
        let town = Town::build_posting(Engine::Sqlite, post).await;
        draw_area(&town).await;
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

    /// Signs a browser in without the pages for it.
    pub async fn be(&self, browser: &Browser, role: Role) {
        let client = self.town.sign_in(role).await;
        browser.keep(&client.cookie("mimamori").unwrap()).await;
    }

    /// Numbers in stock.
    pub async fn stock(&self) {
        let deed = self.town.deed_of(Role::TownAdmin).await;
        let order = Order {
            count: 3,
            mix: Mix([1, 0, 0, 0]),
            note: "秋の分".to_owned(),
        };
        let batch = tags::order_batch(self.town.db(), &deed, order)
            .await
            .unwrap();
        let vault = &self.town.app.vault;
        tags::fill_batch(self.town.db(), vault, &deed, batch)
            .await
            .unwrap();
    }
}

/// 大森北 belongs to the みなみ center, so a roster's people find theirs by address.
async fn draw_area(town: &Town) {
    let deed = town.deed_of(Role::TownAdmin).await;
    let area = Area::read("大森北", town.minami.center).unwrap();
    networks::draw_areas(town.db(), &deed, town.minami.center, vec![area])
        .await
        .unwrap();
}
