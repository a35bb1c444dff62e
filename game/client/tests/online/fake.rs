//! A server that has one answer for everyone.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use instep_protocol::{Address, FromTable, Invite, InviteKey, Refused, TableKey, encode};
use quinn::crypto::rustls::QuicServerConfig;
use quinn::{Endpoint, ServerConfig};
use rustls_pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::runtime::Runtime;

pub(crate) struct Fake {
    address: SocketAddr,
    fingerprint: [u8; 32],
    _runtime: Runtime,
}

impl Fake {
    pub(crate) fn says(why: Refused) -> Self {
        let pair = rcgen::KeyPair::generate().expect("a key");
        let params = rcgen::CertificateParams::new(vec!["fake".to_owned()]).expect("a name");
        let cert = params.self_signed(&pair).expect("signed").der().to_vec();
        let fingerprint = instep_server::quic::fingerprint(&cert);
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(pair.serialize_der()));
        let mut tls = rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_protocol_versions(&[&rustls::version::TLS13])
            .expect("TLS 1.3")
            .with_no_client_auth()
            .with_single_cert(vec![CertificateDer::from(cert)], key)
            .expect("a pair");
        tls.alpn_protocols = vec![instep_net::ALPN.to_vec()];
        let config = ServerConfig::with_crypto(Arc::new(QuicServerConfig::try_from(tls).expect("QUIC")));
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
        let inside = runtime.enter();
        let endpoint = Endpoint::server(config, (Ipv4Addr::LOCALHOST, 0).into()).expect("a port");
        let address = endpoint.local_addr().expect("bound");
        drop(inside);
        let frame = encode(&FromTable::Refused(why)).expect("a frame");
        runtime.spawn(async move {
            while let Some(incoming) = endpoint.accept().await {
                let frame = frame.clone();
                tokio::spawn(async move {
                    let Ok(connection) = incoming.await else { return };
                    let Ok((mut send, _recv)) = connection.accept_bi().await else { return };
                    let _ = send.write_all(&frame).await;
                    let _ = send.finish();
                    connection.closed().await;
                });
            }
        });
        Self { address, fingerprint, _runtime: runtime }
    }

    pub(crate) fn invite(&self) -> String {
        let address = Address { host: self.address.ip().to_string(), port: self.address.port() };
        let key = InviteKey { key: TableKey { table: 1, secret: [1; 10] }, fingerprint: Some(self.fingerprint) };
        Invite::Whole { addresses: vec![address], key }.to_string()
    }
}
