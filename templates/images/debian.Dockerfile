# One part of the stack, out of Debian's own packages. `careinit images build` builds it once for each part.
ARG BASE
FROM ${BASE}
ARG PACKAGES
ARG USER_ID
# curl is what asks a service for its health. The user is who owns the service's secrets on the host, by number.
RUN set -eu; \
    apt-get update; \
    DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends ca-certificates curl ${PACKAGES}; \
    rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/lib/postgresql/* /var/log/*; \
    groupadd --gid "${USER_ID}" service; \
    useradd --uid "${USER_ID}" --gid "${USER_ID}" --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin service; \
    install --directory --owner="${USER_ID}" --group="${USER_ID}" --mode=0700 /var/lib/careinit /run/careinit
USER ${USER_ID}:${USER_ID}
