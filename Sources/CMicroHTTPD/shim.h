#pragma once
// What Swift cannot call of libmicrohttpd (variadic functions), and what differs between 0.9.75 (Debian 12) and 1.0.
#include <microhttpd.h>
#include <netinet/in.h>
#include <string.h>

/// Leaves a path or an argument as it came: the caller decodes what it needs, and a %00 cannot cut a string short.
static size_t cmicrohttpd_keep_escapes(void *context, struct MHD_Connection *connection, char *text) {
    (void)context;
    (void)connection;
    return strlen(text);
}

/// Starts a server on a listening socket: `threads` threads with epoll, connections that may be suspended.
///
/// `connections` is how many there may be at once, `memory` what each may use in bytes for its headers, `timeout` the
/// seconds after which a silent one is closed; `connected` hears of each that comes and goes. NULL with errno where it does not start; the socket is then still the
/// caller's.
static inline struct MHD_Daemon *cmicrohttpd_start(
    int listening_socket, unsigned int threads, unsigned int connections, size_t memory, unsigned int timeout,
    MHD_AccessHandlerCallback handler, MHD_RequestCompletedCallback completed, MHD_NotifyConnectionCallback connected,
    void *context) {
#if MHD_VERSION >= 0x00097701
    const enum MHD_OPTION strictness = MHD_OPTION_CLIENT_DISCIPLINE_LVL;
#else
    const enum MHD_OPTION strictness = MHD_OPTION_STRICT_FOR_CLIENT;
#endif
    return MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_TURBO, 0, NULL, NULL, handler, context,
        MHD_OPTION_LISTEN_SOCKET, listening_socket, MHD_OPTION_THREAD_POOL_SIZE, threads,
        MHD_OPTION_CONNECTION_LIMIT, connections, MHD_OPTION_CONNECTION_MEMORY_LIMIT, memory,
        MHD_OPTION_CONNECTION_TIMEOUT, timeout, strictness, 1, MHD_OPTION_NOTIFY_COMPLETED, completed, context,
        MHD_OPTION_NOTIFY_CONNECTION, connected, context,
        MHD_OPTION_UNESCAPE_CALLBACK, &cmicrohttpd_keep_escapes, NULL, MHD_OPTION_END);
}

/// The size of the request line and the headers in bytes, 0 where it is not known.
static inline size_t cmicrohttpd_header_size(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    return info ? info->header_size : 0;
}

/// The IPv4 address of the other end, in network order; 0.0.0.0 where it has none.
static inline struct in_addr cmicrohttpd_peer(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    struct in_addr none = {0};
    if (!info || !info->client_addr || info->client_addr->sa_family != AF_INET) return none;
    return ((const struct sockaddr_in *)info->client_addr)->sin_addr;
}

/// Closes the connection when it is silent for so many seconds.
static inline void cmicrohttpd_set_timeout(struct MHD_Connection *connection, unsigned int seconds) {
    MHD_set_connection_option(connection, MHD_CONNECTION_OPTION_TIMEOUT, seconds);
}

/// Whether the connection begins, and does not end.
static inline _Bool cmicrohttpd_has_begun(enum MHD_ConnectionNotificationCode event) {
    return event == MHD_CONNECTION_NOTIFY_STARTED;
}

/// What `connected` put down for the connection, or NULL.
static inline void *cmicrohttpd_socket_context(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

/// The connection's descriptor, which stays the library's; -1 where it is not known.
static inline int cmicrohttpd_descriptor(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info ? info->connect_fd : -1;
}

/// A response over bytes that outlive it.
static inline struct MHD_Response *cmicrohttpd_static_response(const void *bytes, size_t count) {
#if MHD_VERSION >= 0x00097701
    return MHD_create_response_from_buffer_static(count, bytes);
#else
    return MHD_create_response_from_buffer(count, (void *)bytes, MHD_RESPMEM_PERSISTENT);
#endif
}

/// A response that takes its own copy of the bytes.
static inline struct MHD_Response *cmicrohttpd_copied_response(const void *bytes, size_t count) {
#if MHD_VERSION >= 0x00097701
    return MHD_create_response_from_buffer_copy(count, bytes);
#else
    return MHD_create_response_from_buffer(count, (void *)bytes, MHD_RESPMEM_MUST_COPY);
#endif
}

/// The value of a header field, or NULL; of several, the first.
static inline const char *cmicrohttpd_header(struct MHD_Connection *connection, const char *name) {
    return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

/// Calls back with each header field.
static inline void cmicrohttpd_each_header(
    struct MHD_Connection *connection, MHD_KeyValueIterator iterator, void *context) {
    MHD_get_connection_values(connection, MHD_HEADER_KIND, iterator, context);
}

/// Calls back with each argument of the query, not decoded.
static inline void cmicrohttpd_each_argument(
    struct MHD_Connection *connection, MHD_KeyValueIterator iterator, void *context) {
    MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, iterator, context);
}
