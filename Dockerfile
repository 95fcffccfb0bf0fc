# Build:  docker build -t regulars .
# Run:    docker run --env-file regulars.env -p 8080:8080 -v regulars:/var/lib/regulars regulars
# The settings that must be given are in README.md, "Going live"; do not set REGULARS__SERVER__BIND or
# REGULARS__DATABASE__URL unless you mean to change what is below.

FROM rust:1.95-slim-bookworm AS build
WORKDIR /build
COPY . .
# Downloaded crates and compiled dependencies outlive a build; the program is copied out of the cache.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/build/target \
    cargo build --release --locked --bin regulars \
 && cp target/release/regulars /regulars

FROM debian:bookworm-slim
# The roots that providers' certificates are checked against.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends ca-certificates \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --user-group --uid 10001 --no-create-home --shell /usr/sbin/nologin regulars \
 && install --directory --owner=regulars --group=regulars --mode=0700 /var/lib/regulars
COPY --from=build /regulars /usr/local/bin/regulars
ENV REGULARS__SERVER__BIND=0.0.0.0:8080 \
    REGULARS__DATABASE__URL=sqlite:///var/lib/regulars/regulars.db \
    REGULARS__LOG__FORMAT=json
USER regulars
WORKDIR /var/lib/regulars
VOLUME /var/lib/regulars
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=6s --start-period=20s --retries=3 CMD ["regulars", "health"]
# Exec form: the program is process 1 and gets the signal to stop. Give it longer than server.shutdown_seconds: docker stop -t 30.
STOPSIGNAL SIGTERM
ENTRYPOINT ["regulars"]
CMD ["serve"]
