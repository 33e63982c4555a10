//! The settings of one installation: one TOML file, the environment over it.

use std::net::IpAddr;

/// The settings of one installation.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// The address people open, without a slash at the end: `https://mimamori.example.jp`.
    pub public_url: String,
    /// Whether people reach the program through TLS: cookies become `Secure`, HSTS is sent.
    pub behind_tls: bool,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
}

impl Config {
    /// Whether the peer is a proxy whose word on the visitor's address counts.
    pub fn trusts_proxy(&self, peer: IpAddr) -> bool {
        self.trusted_proxies.contains(&peer)
    }
}
