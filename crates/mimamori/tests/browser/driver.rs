//! A real browser: Debian's Chromium behind its driver, each on a free port of its own.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::AtomicU32;
use std::time::{Duration, Instant};

use fantoccini::key::Key;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

/// The longest that a page may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// Whether the pages' own script runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scripts {
    On,
    Off,
}

/// A browser window; ends with its driver when dropped.
pub struct Browser {
    pub client: Client,
    driver: Child,
    port: u16,
    address: String,
    pub scripts: Scripts,
    pub story: &'static str,
    pub shots: AtomicU32,
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Asked to, the driver ends its Chromium as well; killed, it would leave it behind.
        let _ = shut_down(self.port);
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

impl Browser {
    /// Opens a window on a server at this address; `story` begins the names of its pictures.
    pub async fn open(address: &str, scripts: Scripts, story: &'static str) -> Browser {
        Browser::start(address, scripts, story, &[]).await
    }

    /// The same with a film before its camera, as YUV4MPEG2.
    pub async fn open_before(address: &str, story: &'static str, film: &Path) -> Browser {
        let film = format!("--use-file-for-fake-video-capture={}", film.display());
        let camera = [
            "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream",
            &film,
        ];
        Browser::start(address, Scripts::On, story, &camera).await
    }

    async fn start(address: &str, scripts: Scripts, story: &'static str, more: &[&str]) -> Browser {
        let (driver, port) = start_driver();
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities(scripts, more))
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .expect("Chromium starts (Debian: chromium and chromium-driver)");
        let (address, shots) = (address.to_owned(), AtomicU32::new(0));
        let browser = Browser {
            client,
            driver,
            port,
            address,
            scripts,
            story,
            shots,
        };
        browser.wide(1280).await;
        browser
    }

    /// Takes over a session that was opened elsewhere.
    pub async fn keep(&self, cookie: &str) {
        let (name, value) = ("mimamori", cookie);
        let cookie = json!({"name": name, "value": value, "url": self.address});
        self.chromium("Network.setCookie", cookie).await;
    }

    /// Goes to a path.
    pub async fn go(&self, path: &str) {
        self.client
            .goto(&format!("{}{path}", self.address))
            .await
            .unwrap();
    }

    /// Types into the field of this name, in place of what is there.
    pub async fn fill(&self, name: &str, text: &str) {
        let field = self.find(&format!("[name='{name}']")).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Picks a radio button or a check box.
    pub async fn pick(&self, name: &str, value: &str) {
        self.find(&format!("[name='{name}'][value='{value}']"))
            .await
            .click()
            .await
            .unwrap();
    }

    /// Picks an entry of a list.
    pub async fn choose(&self, name: &str, value: &str) {
        self.find(&format!("select[name='{name}']"))
            .await
            .select_by_value(value)
            .await
            .unwrap();
    }

    /// Presses the first button with these words on it.
    pub async fn press(&self, words: &str) {
        let path = format!("//main//button[contains(normalize-space(.),'{words}')]");
        let found = self.client.find(Locator::XPath(&path)).await;
        let button = match found {
            Ok(button) => button,
            Err(_) => panic!("no button 「{words}」 on:\n{}", self.text().await),
        };
        self.leave(async { button.click().await.unwrap() }).await;
    }

    /// Presses the first button with these words on it, which leads nowhere else.
    pub async fn press_here(&self, words: &str) {
        let path = format!("//main//button[contains(normalize-space(.),'{words}')]");
        let button = self.client.find(Locator::XPath(&path)).await.unwrap();
        button.click().await.unwrap();
    }

    /// Follows the first link with these words in it.
    pub async fn follow(&self, words: &str) {
        let path = format!("//a[contains(normalize-space(.),'{words}')]");
        let found = self.client.find(Locator::XPath(&path)).await;
        let link = match found {
            Ok(link) => link,
            Err(_) => panic!("no link 「{words}」 on:\n{}", self.text().await),
        };
        self.leave(async { link.click().await.unwrap() }).await;
    }

    /// Clicks the first element of a selector, which leads to another page.
    pub async fn click(&self, css: &str) {
        let found = self.find(css).await;
        self.leave(async { found.click().await.unwrap() }).await;
    }

    /// Presses the enter key wherever the focus is, which leads to another page.
    pub async fn enter(&self) {
        self.leave(self.keys(&Key::Enter.to_string())).await;
    }

    /// Does what leads to another page and waits until that is there: a click answers before.
    async fn leave(&self, act: impl Future<Output = ()>) {
        self.run("window.left = true", &[]).await;
        act.await;
        let begun = Instant::now();
        loop {
            let there = self.client.execute(
                "return !window.left && document.readyState === 'complete'",
                Vec::new(),
            );
            if matches!(there.await, Ok(Value::Bool(true))) {
                return;
            }
            assert!(
                begun.elapsed() < PATIENCE,
                "no other page came after:\n{}",
                self.text().await
            );
        }
    }

    /// Presses keys wherever the page's focus is.
    pub async fn keys(&self, keys: &str) {
        self.client
            .active_element()
            .await
            .unwrap()
            .send_keys(keys)
            .await
            .unwrap();
    }

    /// Goes on with the tab key until the focus is on this; every stop on the way must show.
    pub async fn tab_to(&self, css: &str) {
        const MOST: usize = 150;
        for _ in 0..MOST {
            self.keys(&Key::Tab.to_string()).await;
            let focus = self.run("const at = document.activeElement;
                const look = getComputedStyle(at);
                const shown = at === document.body || look.outlineStyle !== 'none' || look.boxShadow !== 'none';
                return {here: at.matches(arguments[0]), shown, what: at.outerHTML.slice(0, 200)}", &[css]).await;
            assert_eq!(
                focus["shown"],
                json!(true),
                "the focus does not show on {}",
                focus["what"]
            );
            if focus["here"] == json!(true) {
                return;
            }
        }
        panic!(
            "the tab key does not lead to {css} on:\n{}",
            self.text().await
        );
    }

    /// Runs a line of script from outside of the page, which works with the page's scripts off.
    pub async fn run(&self, script: &str, arguments: &[&str]) -> Value {
        let arguments = arguments.iter().map(|one| json!(one)).collect();
        self.client.execute(script, arguments).await.unwrap()
    }

    /// The texts of every element of a selector.
    pub async fn texts(&self, css: &str) -> Vec<String> {
        let mut texts = Vec::new();
        for element in self.client.find_all(Locator::Css(css)).await.unwrap() {
            texts.push(element.text().await.unwrap());
        }
        texts
    }

    /// The first element of a selector.
    pub async fn find(&self, css: &str) -> fantoccini::elements::Element {
        match self.client.find(Locator::Css(css)).await {
            Ok(found) => found,
            Err(_) => panic!("no {css} on:\n{}", self.text().await),
        }
    }

    /// What can be read on the page.
    pub async fn text(&self) -> String {
        let text = self.run("return document.body.innerText", &[]).await;
        text.as_str().unwrap().to_owned()
    }

    /// Fails unless the page says this.
    pub async fn says(&self, words: &str) {
        let text = self.text().await;
        assert!(
            text.contains(words),
            "「{words}」 is not on the page:\n{text}"
        );
    }

    /// What is typed into the field of this name.
    pub async fn typed(&self, name: &str) -> String {
        let field = self.find(&format!("[name='{name}']")).await;
        field.prop("value").await.unwrap().unwrap_or_default()
    }

    /// The path of the page.
    pub async fn path(&self) -> String {
        self.client.current_url().await.unwrap().path().to_owned()
    }

    /// A command of Chromium's own protocol.
    pub async fn chromium(&self, command: &'static str, parameters: Value) -> Value {
        self.client
            .issue_cmd(Chromium {
                command,
                parameters,
            })
            .await
            .unwrap()
    }
}

/// A command of Chromium's own protocol, passed on by its driver.
#[derive(Debug, Clone)]
struct Chromium {
    command: &'static str,
    parameters: Value,
}

impl WebDriverCompatibleCommand for Chromium {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        base.join(&format!(
            "session/{}/goog/cdp/execute",
            session.unwrap_or_default()
        ))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        let body = json!({"cmd": self.command, "params": self.parameters});
        (http::Method::POST, Some(body.to_string()))
    }
}

/// Asks the driver to end, and waits until it has closed the connection.
fn shut_down(port: u16) -> std::io::Result<()> {
    let mut line = TcpStream::connect(("127.0.0.1", port))?;
    line.set_read_timeout(Some(Duration::from_secs(10)))?;
    line.write_all(b"GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")?;
    line.read_to_end(&mut Vec::new()).map(drop)
}

fn start_driver() -> (Child, u16) {
    let mut driver = Command::new("chromedriver")
        .arg("--port=0")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("chromedriver is there (Debian: chromium-driver)");
    let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines();
    let port = lines.find_map(|line| {
        let line = line.unwrap();
        let at = line.find("started successfully on port ")?;
        line[at..]
            .split_whitespace()
            .last()?
            .trim_end_matches('.')
            .parse()
            .ok()
    });
    // The driver goes on writing; somebody has to read it.
    std::thread::spawn(move || for _ in lines {});
    (driver, port.expect("chromedriver says its port"))
}

fn capabilities(scripts: Scripts, more: &[&str]) -> serde_json::Map<String, Value> {
    let mut arguments = vec![
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--lang=ja",
        "--hide-scrollbars",
    ];
    arguments.extend(more);
    let script = if scripts == Scripts::On { 1 } else { 2 };
    let options = json!({"goog:chromeOptions": {
        "args": arguments,
        "prefs": {"profile.managed_default_content_settings.javascript": script},
    }});
    options.as_object().unwrap().clone()
}
