//! Closing a connection without an answer, which no well-behaved server offers.

use std::any::Any;
use std::net::{Shutdown, TcpStream};

use actix_web::dev::Extensions;
use actix_web::{HttpRequest, HttpResponse};

/// A second handle to the connection a request came on.
struct Line(TcpStream);

/// Keeps the handle at hand for every request on the connection.
pub(super) fn remember(connection: &dyn Any, extensions: &mut Extensions) {
    let line = connection.downcast_ref::<actix_web::rt::net::TcpStream>().and_then(duplicate);
    if let Some(line) = line {
        extensions.insert(Line(line));
    }
}

/// Closes the connection; the response returned is never read by anyone.
pub(super) fn close(request: &HttpRequest) -> HttpResponse {
    if let Some(Line(line)) = request.conn_data() {
        line.shutdown(Shutdown::Both).ok();
    }
    HttpResponse::ServiceUnavailable().force_close().finish()
}

#[cfg(unix)]
fn duplicate(stream: &actix_web::rt::net::TcpStream) -> Option<TcpStream> {
    use std::os::fd::AsFd;
    stream.as_fd().try_clone_to_owned().ok().map(TcpStream::from)
}

#[cfg(windows)]
fn duplicate(stream: &actix_web::rt::net::TcpStream) -> Option<TcpStream> {
    use std::os::windows::io::AsSocket;
    stream.as_socket().try_clone_to_owned().ok().map(TcpStream::from)
}
