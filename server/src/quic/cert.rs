//! The server's certificate: of an authority, or its own, made on its first run and named by its fingerprint.

use std::path::Path;

use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use sha2::{Digest, Sha256};

use crate::{DataFolder, DataTrouble};

/// What is wrong with a certificate.
#[derive(thiserror::Error, Clone, PartialEq, Eq, Debug)]
pub enum CertificateTrouble {
    /// A file can't be read.
    #[error(
        "the certificate can't be read from {file} ({why}), so the server did not start: check the path and who may read it"
    )]
    Unreadable {
        /// Which.
        file: String,
        /// Why.
        why: String,
    },
    /// Certificate and key don't fit.
    #[error(
        "the certificate in {cert} and the key in {key} can't be used together ({why}), so the server did not start: name the pair that belongs together"
    )]
    Unfit {
        /// The certificate's file.
        cert: String,
        /// The key's file.
        key: String,
        /// Why.
        why: String,
    },
    /// None could be made.
    #[error("no certificate could be made ({why}): start again, or name one with --cert and --key")]
    NotMade {
        /// Why.
        why: String,
    },
    /// The data folder doesn't take it.
    #[error(transparent)]
    Data(#[from] DataTrouble),
}

/// A certificate and its key.
#[derive(Debug)]
pub struct Certificate {
    pub(super) chain: Vec<CertificateDer<'static>>,
    pub(super) key: PrivateKeyDer<'static>,
    /// SHA-256 of the certificate where it is the server's own; `None` where an authority vouches for it.
    pub fingerprint: Option<[u8; 32]>,
}

/// SHA-256 of a certificate.
#[must_use]
pub fn fingerprint(cert: &[u8]) -> [u8; 32] {
    Sha256::digest(cert).into()
}

impl Certificate {
    /// The pair in two PEM files.
    ///
    /// # Errors
    /// [`CertificateTrouble`].
    pub fn from_pem(cert: &Path, key: &Path) -> Result<Self, CertificateTrouble> {
        let name = |path: &Path| path.display().to_string();
        let unreadable = |path: &Path| {
            let file = name(path);
            move |e: rustls_pki_types::pem::Error| CertificateTrouble::Unreadable { file, why: pem_fault(&e) }
        };
        let chain: Vec<_> = CertificateDer::pem_file_iter(cert)
            .map_err(unreadable(cert))?
            .collect::<Result<_, _>>()
            .map_err(unreadable(cert))?;
        if chain.is_empty() {
            return Err(CertificateTrouble::Unreadable {
                file: name(cert),
                why: "there is no certificate in it".to_owned(),
            });
        }
        let pair = PrivateKeyDer::from_pem_file(key).map_err(unreadable(key))?;
        let own = Self { chain, key: pair, fingerprint: None };
        match own.check() {
            Ok(()) => Ok(own),
            Err(why) => Err(CertificateTrouble::Unfit { cert: name(cert), key: name(key), why }),
        }
    }

    /// Whether the two belong together.
    fn check(&self) -> Result<(), String> {
        let key = rustls::crypto::ring::sign::any_supported_type(&self.key).map_err(|e| e.to_string())?;
        let pair = rustls::sign::CertifiedKey::new(self.chain.clone(), key);
        match pair.keys_match() {
            Ok(()) | Err(rustls::Error::InconsistentKeys(rustls::InconsistentKeys::Unknown)) => Ok(()),
            Err(e) => Err(e.to_string()),
        }
    }

    /// The data folder's own, which is made if it is not there.
    ///
    /// # Errors
    /// [`CertificateTrouble`].
    pub fn own(folder: &DataFolder) -> Result<Self, CertificateTrouble> {
        let (cert_path, key_path) = (folder.path().join("server-cert.der"), folder.path().join("server-key.der"));
        if let (Ok(cert), Ok(key)) = (std::fs::read(&cert_path), std::fs::read(&key_path)) {
            let own = Self::of(cert, key);
            if own.check().is_ok() {
                return Ok(own);
            }
        }
        let not_made = |e: rcgen::Error| CertificateTrouble::NotMade { why: e.to_string() };
        let pair = rcgen::KeyPair::generate().map_err(not_made)?;
        let mut params = rcgen::CertificateParams::new(vec!["instep".to_owned()]).map_err(not_made)?;
        params.distinguished_name.push(rcgen::DnType::CommonName, "instep");
        // Whoever has an invite knows this very certificate, so its time is not looked at.
        params.not_after = rcgen::date_time_ymd(4096, 1, 1);
        let cert = params.self_signed(&pair).map_err(not_made)?.der().to_vec();
        let key = pair.serialize_der();
        // The key first: a certificate without its key would be no pair, and is made anew.
        folder.write_private("server-key.der", &key)?;
        folder.write_private("server-cert.der", &cert)?;
        Ok(Self::of(cert, key))
    }

    fn of(cert: Vec<u8>, key: Vec<u8>) -> Self {
        let fingerprint = Some(fingerprint(&cert));
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key));
        Self { chain: vec![CertificateDer::from(cert)], key, fingerprint }
    }
}

fn pem_fault(error: &rustls_pki_types::pem::Error) -> String {
    match error {
        rustls_pki_types::pem::Error::Io(e) => e.to_string(),
        rustls_pki_types::pem::Error::NoItemsFound => "there is none in it".to_owned(),
        other => format!("{other:?}"),
    }
}
