/// The files that the stack is configured with, embedded in the executables.
public enum Templates {
    /// The commented `.env` template, which is the schema.
    public static var environment: [UInt8] { PackageResources._env_production_template }

    /// The bytes of a template, by its path relative to `templates/`, such as `nginx/nginx.conf`; nil where there is none.
    public static func file(_ path: String) -> [UInt8]? {
        files[path]?()
    }

    /// Every path that `file(_:)` knows.
    public static var paths: [String] { files.keys.sorted() }

    /// Bytes are made only when asked for: each array costs start-up time.
    private static let files: [String: @Sendable () -> [UInt8]] = [
        ".env.production.template": { PackageResources._env_production_template },
        "alertmanager/alertmanager.yml": { PackageResources.alertmanager_yml },
        "compose/docker-compose.ha.yml": { PackageResources.docker_compose_ha_yml },
        "etcd/etcd.yml": { PackageResources.etcd_yml },
        "grafana/carenotes.json": { PackageResources.carenotes_json },
        "grafana/dashboards.yml": { PackageResources.dashboards_yml },
        "grafana/datasources.yml": { PackageResources.datasources_yml },
        "grafana/grafana.ini": { PackageResources.grafana_ini },
        "images/carenotes.Dockerfile": { PackageResources.carenotes_Dockerfile },
        "images/debian.Dockerfile": { PackageResources.debian_Dockerfile },
        "nginx/nginx.conf": { PackageResources.nginx_conf },
        "nginx/nginx-start.sh": { PackageResources.nginx_start_sh },
        "patroni/launch.py": { PackageResources.launch_py },
        "patroni/patroni.yml": { PackageResources.patroni_yml },
        "patroni/post-init.sql": { PackageResources.post_init_sql },
        "patroni/start.sh": { PackageResources.start_sh },
        "prometheus/alerts.yml": { PackageResources.alerts_yml },
        "prometheus/prometheus.yml": { PackageResources.prometheus_yml },
        "redis/redis.conf": { PackageResources.redis_conf },
        "redis/users.acl": { PackageResources.users_acl },
        "supervisor/supervisord.conf": { PackageResources.supervisord_conf },
        "systemd/careinit.service": { PackageResources.careinit_service },
    ]
}
