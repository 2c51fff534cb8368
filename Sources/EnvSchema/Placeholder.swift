// EnvSchema
