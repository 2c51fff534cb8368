#pragma once
// What Swift needs of OpenSSL >= 3.0. Function macros and variadics, which Swift cannot import, get a wrapper here.
#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/sha.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

static inline EVP_PKEY *shim_generate_p256(void) { return EVP_EC_gen("P-256"); }
static inline EVP_PKEY *shim_generate_p384(void) { return EVP_EC_gen("P-384"); }
static inline EVP_PKEY *shim_generate_ed25519(void) { return EVP_PKEY_Q_keygen(NULL, NULL, "ED25519"); }
static inline EVP_PKEY *shim_generate_rsa(int bits) { return EVP_RSA_gen((unsigned int)bits); }
static inline void *shim_secure_malloc(size_t size) { return OPENSSL_secure_malloc(size); }
static inline void shim_secure_clear_free(void *pointer, size_t size) { OPENSSL_secure_clear_free(pointer, size); }
static inline void shim_free(void *pointer) { OPENSSL_free(pointer); }
static inline long shim_bio_contents(BIO *bio, char **start) { return BIO_get_mem_data(bio, start); }
static inline void shim_bio_end_of_input(BIO *bio, int value) { BIO_set_mem_eof_return(bio, value); }

static inline int shim_gcm_set_nonce_length(EVP_CIPHER_CTX *context, int length) {
    return EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_IVLEN, length, NULL);
}
static inline int shim_gcm_get_tag(EVP_CIPHER_CTX *context, int length, void *tag) {
    return EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, length, tag);
}
static inline int shim_gcm_set_tag(EVP_CIPHER_CTX *context, int length, void *tag) {
    return EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, length, tag);
}

static inline void shim_x509v3_set_context(X509V3_CTX *context, X509 *issuer, X509 *subject) {
    X509V3_set_ctx_nodb(context);
    X509V3_set_ctx(context, issuer, subject, NULL, NULL, 0);
}
static inline STACK_OF(X509) *shim_x509_stack_new(void) { return sk_X509_new_null(); }
static inline int shim_x509_stack_push(STACK_OF(X509) *stack, X509 *certificate) {
    return sk_X509_push(stack, certificate);
}
static inline int shim_x509_stack_count(const STACK_OF(X509) *stack) { return sk_X509_num(stack); }
static inline X509 *shim_x509_stack_value(const STACK_OF(X509) *stack, int index) { return sk_X509_value(stack, index); }
// Frees the stack, not the certificates in it.
static inline void shim_x509_stack_free(STACK_OF(X509) *stack) { sk_X509_free(stack); }
static inline int shim_general_names_count(const GENERAL_NAMES *names) { return sk_GENERAL_NAME_num(names); }
static inline GENERAL_NAME *shim_general_name(const GENERAL_NAMES *names, int index) {
    return sk_GENERAL_NAME_value(names, index);
}
static inline int shim_oids_count(const EXTENDED_KEY_USAGE *oids) { return sk_ASN1_OBJECT_num(oids); }
static inline int shim_oid_nid(const EXTENDED_KEY_USAGE *oids, int index) {
    return OBJ_obj2nid(sk_ASN1_OBJECT_value(oids, index));
}
static inline int shim_access_count(const AUTHORITY_INFO_ACCESS *access) { return sk_ACCESS_DESCRIPTION_num(access); }
static inline int shim_access_method_nid(const AUTHORITY_INFO_ACCESS *access, int index) {
    return OBJ_obj2nid(sk_ACCESS_DESCRIPTION_value(access, index)->method);
}

static inline int shim_ssl_require_tls12(SSL_CTX *context) {
    return SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
}
static inline int shim_ssl_set_server_name(SSL *ssl, const char *name) {
    return (int)SSL_set_tlsext_host_name(ssl, name);
}
static inline int shim_ssl_add_chain_certificate(SSL_CTX *context, X509 *certificate) {
    return (int)SSL_CTX_add1_chain_cert(context, certificate);
}

static inline int shim_utf8_string_type(void) { return MBSTRING_UTF8; }
// RFC 4514 text with UTF-8 left as it is; control characters stay escaped.
static inline unsigned long shim_name_text_flags(void) { return XN_FLAG_RFC2253 & ~(unsigned long)ASN1_STRFLGS_ESC_MSB; }
