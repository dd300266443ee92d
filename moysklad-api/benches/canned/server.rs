//! A server on loopback that gives one prepared answer to every request, so that what a client costs
//! is measured and not what a service does.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

/// Starts a server that lives as long as the process; returns its base address.
pub(crate) fn serve(body: &[u8], gzip: bool) -> String {
    let encoding = if gzip {
        "Content-Encoding: gzip\r\n"
    } else {
        ""
    };
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json;charset=utf-8\r\n{encoding}\
         X-RateLimit-Limit: 45\r\nX-RateLimit-Remaining: 44\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let answer: Arc<[u8]> = [head.as_bytes(), body].concat().into();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let (stream, answer) = (stream.unwrap(), Arc::clone(&answer));
            thread::spawn(move || converse(stream, &answer));
        }
    });
    format!("http://{address}/api/remap/1.2")
}

/// Answers request after request; none has a body.
fn converse(mut stream: TcpStream, answer: &[u8]) {
    stream.set_nodelay(true).unwrap();
    let mut requests = BufReader::new(stream.try_clone().unwrap());
    let mut line = String::new();
    while requests.read_line(&mut line).is_ok_and(|read| read > 0) {
        // The empty line ends the head of a request.
        if line == "\r\n" && stream.write_all(answer).is_err() {
            return;
        }
        line.clear();
    }
}
