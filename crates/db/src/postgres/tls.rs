//! TLS to the server, checked against known authorities.

use std::path::Path;
use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::error::{Error, Result};
use crate::settings::Tls;

pub(super) fn connector(tls: &Tls) -> Result<Option<MakeRustlsConnect>> {
    let roots = match tls {
        Tls::Off => return Ok(None),
        Tls::System => rustls_native_certs::load_native_certs().certs,
        Tls::Roots(path) => in_file(path)?,
    };
    let mut store = RootCertStore::empty();
    store.add_parsable_certificates(roots);
    if store.is_empty() {
        return Err(Error::Down(
            "no authority to check the server's certificate with".to_owned(),
        ));
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| Error::Down(error.to_string()))?
        .with_root_certificates(store)
        .with_no_client_auth();
    Ok(Some(MakeRustlsConnect::new(config)))
}

fn in_file(path: &Path) -> Result<Vec<CertificateDer<'static>>> {
    let found = rustls_native_certs::load_certs_from_paths(Some(path), None);
    match found.errors.first() {
        Some(error) => Err(Error::Down(format!("{}: {error}", path.display()))),
        None => Ok(found.certs),
    }
}
