//! The line to the server is cut while people come to the door, and comes back; and a card is held before
//! the camera.

use std::io::Write;
use std::time::{Duration, Instant};

use mimamori::scope::Role;
use mimamori::station::door;
use mimamori::station::signups::{self, Who, Wish};
use mimamori::station::supporters::{self, qr_text};
use serde_json::Value;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use crate::driver::{Browser, Scripts};
use crate::server::Served;
use crate::{joined, signed};

/// A line to the server that can be cut.
struct Line {
    address: String,
    cut: watch::Sender<bool>,
}

impl Line {
    async fn to(server: &str) -> Line {
        let server = server.trim_start_matches("http://").to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://localhost:{}", listener.local_addr().unwrap().port());
        let (cut, is_cut) = watch::channel(false);
        tokio::spawn(async move {
            loop {
                let (mut from, _) = listener.accept().await.unwrap();
                let (server, mut is_cut) = (server.clone(), is_cut.clone());
                tokio::spawn(async move {
                    if *is_cut.borrow() {
                        return;
                    }
                    let mut to = TcpStream::connect(server).await.unwrap();
                    tokio::select! {
                        _ = copy_bidirectional(&mut from, &mut to) => {}
                        _ = is_cut.wait_for(|cut| *cut) => {}
                    }
                });
            }
        });
        Line { address, cut }
    }
}

/// Waits until the script, which gives a promise, says yes.
async fn until(browser: &Browser, what: &str, script: &str) {
    let begun = Instant::now();
    let asking = format!(
        "const said = arguments[arguments.length - 1];
         (async () => {{ {script} }})().then(said, (fault) => said(String(fault)));"
    );
    loop {
        let answer = browser.client.execute_async(&asking, Vec::new()).await;
        if matches!(answer, Ok(Value::Bool(true))) {
            return;
        }
        assert!(
            begun.elapsed() < Duration::from_secs(40),
            "{what}: {answer:?}\n{}",
            browser.text().await
        );
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Everything that the tablet keeps, as text.
const KEPT: &str = "
    const base = await new Promise((good, bad) => {
      const request = indexedDB.open('mimamori-door');
      request.onsuccess = () => good(request.result); request.onerror = () => bad(request.error); });
    const read = (name) => new Promise((good) => {
      const request = base.transaction(name).objectStore(name).getAll();
      request.onsuccess = () => good(request.result); });
    const text = (value) => JSON.stringify(value, (_, one) => one instanceof ArrayBuffer || one instanceof Uint8Array
      ? String.fromCharCode(...new Uint8Array(one)) : one);
    const [keys, lists, queue, told] = await Promise.all(['keys', 'lists', 'queue', 'told'].map(read));
    base.close();";

/// Waits until so many wait to be sent.
async fn waiting(browser: &Browser, many: &str) {
    let script = format!("return document.querySelector('[data-count]').textContent === '{many}';");
    until(browser, many, &script).await;
}

/// Three people come while the line is cut: one is ticked, one just comes by, one shows a card that is none.
async fn come_without_network(browser: &Browser) {
    browser.press("川村 澄江").await;
    browser
        .says("いまはインターネットにつながっていません")
        .await;
    waiting(browser, "1人").await;
    browser.fill("name", "通りがかりの方").await;
    browser.press("1人受け付ける").await;
    waiting(browser, "2人").await;
    browser.fill("code", "481-2773").await;
    browser.enter().await;
    waiting(browser, "3人").await;
    browser.says("川村 澄江").await;
    browser.look("cut").await;
    // Sealed: nobody's name lies on the tablet, and the key does not leave it.
    let sealed = format!(
        "{KEPT} const all = text([lists, queue, told]);
         const bytes = (words) => String.fromCharCode(...new TextEncoder().encode(words));
         return !['川村', '通りがかり'].some((name) => all.includes(name) || all.includes(bytes(name)))
           && queue.length === 3 && keys[0].extractable === false;"
    );
    until(browser, "what is kept is sealed", &sealed).await;
    // Whoever was pressed is not asked for again when the page is opened anew.
    browser.client.refresh().await.unwrap();
    waiting(browser, "3人").await;
    let names = browser.texts("[data-names] button").await;
    assert!(names.is_empty(), "{names:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_door_goes_on_without_network_and_sends_later_exactly_once() {
    let served = Served::start().await;
    let (town, nurse) = (&served.town, served.town.deed_of(Role::CenterStaff).await);
    let day = signed::today(town, &nurse).await;
    let supporter = joined::joined(town, &nurse).await;
    let wish = Wish {
        who: Who::Supporter(supporter),
        ..signed::wish(day, "", 7)
    };
    signups::sign_up(town.db(), &nurse, wish).await.unwrap();
    let line = Line::to(&served.address).await;
    let browser = Browser::open(&line.address, Scripts::On, "offline").await;
    served.be(&browser, Role::Tablet).await;
    browser.go(&format!("/station/days/{day}/door")).await;
    browser.look("online").await;
    let ready = format!(
        "{KEPT} return !!navigator.serviceWorker.controller && keys.length === 1 && lists.length === 1;"
    );
    until(&browser, "the worker is there", &ready).await;
    line.cut.send(true).unwrap();
    come_without_network(&browser).await;
    line.cut.send(false).unwrap();
    let back =
        format!("{KEPT} return !!document.querySelector('[data-door]') && queue.length === 0;");
    until(&browser, "all was sent", &back).await;
    let told = "return document.body.innerText.includes('あとから送った受付');";
    until(&browser, "what could not be taken is told", told).await;
    browser.says("来た方2人").await;
    browser.look("back").await;
    browser.press_here("わかりました").await;
    until(
        &browser,
        "seen",
        &format!("{KEPT} return told.length === 0;"),
    )
    .await;
    let mut conn = town.db().read().await.unwrap();
    let here = door::list_here(&mut conn, &nurse, day).await.unwrap();
    assert_eq!(here.len(), 2);
    assert!(here.iter().any(|one| one.supporter == Some(supporter)));
    assert_eq!(door::count_tries(&mut conn, &nurse, day).await.unwrap(), 3);
}

/// A card's QR in the middle of a grey desk, as a camera films it.
fn film(text: &str) -> tempfile::NamedTempFile {
    const SIZE: (usize, usize) = (640, 480);
    let code = qrcode::QrCode::new(text).unwrap();
    let (side, colors) = (code.width(), code.to_colors());
    let dots = 300 / (side + 8);
    let left = (SIZE.0 - dots * (side + 8)) / 2;
    let top = (SIZE.1 - dots * (side + 8)) / 2;
    let seen = |x: usize, y: usize| -> u8 {
        let (Some(x), Some(y)) = (x.checked_sub(left), y.checked_sub(top)) else {
            return 110;
        };
        let (x, y) = (x / dots, y / dots);
        if x >= side + 8 || y >= side + 8 {
            return 110;
        }
        let dark = (4..side + 4).contains(&x)
            && (4..side + 4).contains(&y)
            && colors[(y - 4) * side + x - 4] == qrcode::Color::Dark;
        if dark { 40 } else { 200 }
    };
    let mut film = b"YUV4MPEG2 W640 H480 F10:1 Ip A1:1 C420jpeg\n".to_vec();
    for _ in 0..10 {
        film.extend(b"FRAME\n");
        film.extend(
            (0..SIZE.1)
                .flat_map(|y| (0..SIZE.0).map(move |x| (x, y)))
                .map(|(x, y)| seen(x, y)),
        );
        film.extend(vec![128; SIZE.0 * SIZE.1 / 2]);
    }
    let mut file = tempfile::Builder::new().suffix(".y4m").tempfile().unwrap();
    file.write_all(&film).unwrap();
    file
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_before_the_camera_is_taken_in_once() {
    let served = Served::start().await;
    let (town, nurse) = (&served.town, served.town.deed_of(Role::CenterStaff).await);
    let day = signed::today(town, &nurse).await;
    let supporter = joined::joined(town, &nurse).await;
    let (card, _) = joined::equipped(town, &nurse, supporter).await;
    let mut conn = town.db().read().await.unwrap();
    let secret = supporters::secret_of(&mut conn, &nurse, card)
        .await
        .unwrap();
    drop(conn);
    let film = film(&qr_text("https://mimamori.example.jp", "minami", &secret));
    let browser = Browser::open_before(&served.address, "camera", film.path()).await;
    served.be(&browser, Role::Tablet).await;
    browser.go(&format!("/station/days/{day}/door")).await;
    until(
        &browser,
        "the camera is offered",
        "return document.body.innerText.includes('カメラで読み取る');",
    )
    .await;
    browser.press_here("カメラで読み取る").await;
    let came = "return document.body.innerText.includes('川村 澄江 さん（参加）：受け付けました');";
    until(&browser, "she came", came).await;
    // The camera goes on, and does not take the same card again.
    until(
        &browser,
        "it films on",
        "return !!document.querySelector('video');",
    )
    .await;
    browser.look("filming").await;
    let mut conn = town.db().read().await.unwrap();
    assert_eq!(
        door::list_here(&mut conn, &nurse, day).await.unwrap().len(),
        1
    );
    assert_eq!(door::count_tries(&mut conn, &nurse, day).await.unwrap(), 1);
}
