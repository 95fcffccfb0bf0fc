//! The yardstick: an endpoint that reads the form and checks the signature, and does nothing else.

use std::net::SocketAddr;

use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use anyhow::Context;
use regulars_providers::twilio::form::Form;
use regulars_providers::twilio::signature::{Signed, verify};
use secrecy::SecretString;

use crate::line::WEBHOOK_PATH;

/// Whose signatures it takes, and for which address.
pub struct BareEndpoint {
    /// The address that is signed, without what comes behind the host.
    pub base: String,
    /// The token of the account.
    pub token: SecretString,
    /// The header with the signature.
    pub signature_header: String,
}

impl BareEndpoint {
    /// Serves until the process is told to stop; `workers` is how many threads, 0: as many as there are cores.
    pub async fn serve(self, bind: SocketAddr, workers: usize) -> anyhow::Result<()> {
        let endpoint = web::Data::new(self);
        let mut server = HttpServer::new(move || {
            App::new()
                .app_data(endpoint.clone())
                .route(WEBHOOK_PATH, web::post().to(take))
                .route("/health/ready", web::get().to(HttpResponse::Ok))
        });
        if workers > 0 {
            server = server.workers(workers);
        }
        server.bind(bind).with_context(|| format!("cannot listen on {bind}"))?.run().await?;
        Ok(())
    }
}

async fn take(request: HttpRequest, endpoint: web::Data<BareEndpoint>, body: web::Bytes) -> HttpResponse {
    let Ok(form) = Form::parse(&body) else {
        return HttpResponse::BadRequest().finish();
    };
    let signature = request.headers().get(&endpoint.signature_header).and_then(|value| value.to_str().ok());
    let signed = Signed {
        url: &format!("{}{}", endpoint.base, request.uri()),
        signature: signature.unwrap_or_default(),
        settings: None,
        body: &body,
        form: Some(&form),
    };
    if verify(std::slice::from_ref(&endpoint.token), &signed) {
        HttpResponse::Ok()
            .content_type("text/xml; charset=utf-8")
            .body(r#"<?xml version="1.0" encoding="UTF-8"?><Response/>"#)
    } else {
        HttpResponse::Forbidden().finish()
    }
}
