//! The yardstick: an endpoint that reads the form and checks the signature, and does nothing else.

use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use anyhow::Context;

use super::line::WEBHOOK_PATH;
use crate::config::Settings;
use crate::providers::twilio::form::Form;
use crate::providers::twilio::signature::{Signed, verify};

/// Where it listens, and whose signatures it takes, come from the gateway's own settings, so that both are measured
/// alike. It serves until the process is told to stop.
pub async fn bare_endpoint(settings: &Settings) -> anyhow::Result<()> {
    let yardstick = web::Data::new(Yardstick {
        base: settings.server.public_url.as_str().trim_end_matches('/').to_owned(),
        tokens: [settings.twilio.auth_token.clone()],
        signature_header: settings.twilio.signature_header.clone(),
    });
    let mut server = HttpServer::new(move || {
        App::new()
            .app_data(yardstick.clone())
            .route(WEBHOOK_PATH, web::post().to(take))
            .route("/health/ready", web::get().to(HttpResponse::Ok))
    });
    if settings.server.workers > 0 {
        server = server.workers(settings.server.workers);
    }
    let bind = settings.server.bind;
    server.bind(bind).with_context(|| format!("cannot listen on {bind}"))?.run().await?;
    Ok(())
}

struct Yardstick {
    base: String,
    tokens: [secrecy::SecretString; 1],
    signature_header: String,
}

async fn take(request: HttpRequest, yardstick: web::Data<Yardstick>, body: web::Bytes) -> HttpResponse {
    let Ok(form) = Form::parse(&body) else {
        return HttpResponse::BadRequest().finish();
    };
    let signature = request.headers().get(&yardstick.signature_header).and_then(|value| value.to_str().ok());
    let signed = Signed {
        url: &format!("{}{}", yardstick.base, request.uri()),
        signature: signature.unwrap_or_default(),
        settings: None,
        body: &body,
        form: Some(&form),
    };
    if verify(&yardstick.tokens, &signed) {
        HttpResponse::Ok()
            .content_type("text/xml; charset=utf-8")
            .body(r#"<?xml version="1.0" encoding="UTF-8"?><Response/>"#)
    } else {
        HttpResponse::Forbidden().finish()
    }
}
