/// Every command of careinit, in the order in which help shows them.
enum CommandTable {
    static var all: [Command] {
        [
            WizardCommand.command,
            ProvisionCommand.command,
            CheckCommand.command,
            DiffCommand.command,
            EnvRestoreCommand.command,
            ExplainCommand.command,
            TokenCommand.command,
            SetupTokenCommand.command,
            CertsCreateCommand.command,
            CertsIssueCommand.command,
            CertsCheckCommand.command,
            CertsInstallCommand.command,
            CertsVerifyCommand.command,
            CertsTrustCommand.command,
            CertsTrustCommand.removal,
            UpCommand.command,
            DownCommand.command,
            StatusCommand.command,
            LogsCommand.command,
            ExecCommand.command,
            AuditVerifyCommand.command,
            AuditShowCommand.command,
            InstallServiceCommand.command,
            UninstallServiceCommand.command,
            RenderCommand.command,
            ImagesBuildCommand.command,
            SuperviseCommand.command,
            CompletionCommand.command,
            ManCommand.command,
            HelpCommand.command,
            VersionCommand.command,
        ]
    }
}
