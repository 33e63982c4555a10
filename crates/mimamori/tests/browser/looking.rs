//! Looking at a page: wide, narrow, enlarged, and on paper.

use std::sync::atomic::Ordering;

use serde_json::{Value, json};

use crate::driver::{Browser, Scripts};

/// The view of a window: its width as the page counts it, and how much it is enlarged.
const VIEWS: [(u32, u32); 3] = [(1280, 1), (360, 1), (640, 2)];

/// A4 without its margins, at 96 dots an inch.
const PAPER: u32 = 688;

impl Browser {
    /// Makes the window as wide as a desk's screen or a phone's.
    pub async fn wide(&self, width: u32) {
        self.view(width, 1).await;
    }

    async fn view(&self, width: u32, scale: u32) {
        let metrics = json!({"width": width, "height": 900 / scale, "deviceScaleFactor": scale,
            "mobile": false});
        self.chromium("Emulation.setDeviceMetricsOverride", metrics)
            .await;
    }

    /// Looks at the page at 1280 and 360 px, at 200 % and on paper: axe-core finds nothing,
    /// nothing is cut off, fingers find what they press, and paper has no menus; with
    /// MIMAMORI_SHOTS set, a picture of each is kept there. A story told again with scripts off
    /// passes the same pages and does not look twice.
    pub async fn look(&self, name: &str) {
        if self.scripts == Scripts::Off {
            return;
        }
        let faults = self.faults(name).await;
        assert!(faults.is_empty(), "{faults:#?}");
    }

    /// What is wrong with the page in every view and on paper.
    pub async fn faults(&self, name: &str) -> Vec<String> {
        let mut faults = Vec::new();
        for (width, scale) in VIEWS {
            self.view(width, scale).await;
            self.shoot(name, &format!("{width}x{scale}")).await;
            let mut found = self.seen(OVERFLOW).await;
            // Rules of structure hold at any scale.
            if scale == 1 {
                found.extend(self.seen(SMALL).await);
                found.extend(self.axe().await);
            }
            let at = |fault| format!("{name} at {width} px × {scale}: {fault}");
            faults.extend(found.into_iter().map(at));
        }
        let found = self.on_paper(name).await;
        faults.extend(
            found
                .into_iter()
                .map(|fault| format!("{name} on paper: {fault}")),
        );
        self.wide(1280).await;
        faults
    }

    async fn on_paper(&self, name: &str) -> Vec<String> {
        self.wide(PAPER).await;
        self.chromium("Emulation.setEmulatedMedia", json!({"media": "print"}))
            .await;
        let mut faults = self.seen(OVERFLOW).await;
        faults.extend(self.seen(PRINTED).await);
        self.print(name).await;
        self.chromium("Emulation.setEmulatedMedia", json!({"media": ""}))
            .await;
        faults
    }

    async fn seen(&self, script: &str) -> Vec<String> {
        serde_json::from_value(self.run(script, &[]).await).unwrap()
    }

    async fn axe(&self) -> Vec<String> {
        const AXE: &str = include_str!("axe/axe.min.js");
        self.client.execute(AXE, Vec::new()).await.unwrap();
        let found = self.client.execute_async(RUN, Vec::new()).await.unwrap();
        serde_json::from_value(found).unwrap()
    }

    async fn shoot(&self, name: &str, view: &str) {
        let how = json!({"captureBeyondViewport": true, "format": "png"});
        self.keep_file(name, &format!("{view}.png"), "Page.captureScreenshot", how)
            .await;
    }

    async fn print(&self, name: &str) {
        let how = json!({"preferCSSPageSize": true});
        self.keep_file(name, "paper.pdf", "Page.printToPDF", how)
            .await;
    }

    async fn keep_file(&self, name: &str, ending: &str, command: &'static str, how: Value) {
        let Ok(folder) = std::env::var("MIMAMORI_SHOTS") else {
            return;
        };
        let made = self.chromium(command, how).await;
        let bytes = base64_of(made["data"].as_str().unwrap());
        let number = self.shots.fetch_add(1, Ordering::Relaxed);
        let file = format!("{folder}/{}-{number:03}-{name}-{ending}", self.story);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(file, bytes).unwrap();
    }
}

const OVERFLOW: &str = "
    const wide = document.documentElement.scrollWidth - window.innerWidth;
    return wide > 0 ? [wide + ' px too wide'] : []";

/// Whatever is pressed is 44 by 44 px, but for links within a sentence.
const SMALL: &str = "
    const faults = [];
    for (const e of document.querySelectorAll('a[href], button, input, select, textarea, summary')) {
      const choice = e.closest('.choice');
      const box = (choice ?? e).getBoundingClientRect();
      if (!e.getClientRects().length || e.matches('.skip, [aria-hidden=true]')) continue;
      if (e.matches('a') && getComputedStyle(e).display === 'inline') continue;
      if (box.height < 43.9 || box.width < 43.9) {
        faults.push('smaller than a finger (' + box.width + ' × ' + box.height + '): ' + e.outerHTML.slice(0, 160));
      }
    }
    return faults";

/// Nothing to press on paper; staff's sheets say who printed them and when.
const PRINTED: &str = "
    const seen = e => e.getClientRects().length > 0 && !e.matches('[aria-hidden=true]');
    const faults = [...document.querySelectorAll('nav, button, .button, .number-box, .skip, .who')]
      .filter(seen).map(e => e.outerHTML.slice(0, 160));
    const staff = document.documentElement.classList.contains('staff');
    const last = [...document.querySelectorAll('.printed')].pop();
    if (staff && !(last && seen(last) && /印刷：.+年.+月.+日/.test(last.innerText))) {
      faults.push('does not say who printed it and when');
    }
    return faults";

/// The desk is read from arm's length: there contrast is 7:1.
const RUN: &str = "const done = arguments[arguments.length - 1];
    const values = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    const desk = /^\\/(desk|partner)/.test(location.pathname);
    const rules = {'color-contrast-enhanced': {enabled: desk}};
    axe.run(document, {runOnly: {type: 'tag', values}, rules}).then(found => {
      done(found.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' | ')))})";

fn base64_of(text: &str) -> Vec<u8> {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD
        .decode(text)
        .unwrap()
}
