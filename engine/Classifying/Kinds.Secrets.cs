using Interven.Contracts;

namespace Interven.Engine.Classifying;

/// <summary>The catalogue of kinds. Each class of data adds its own part.</summary>
public static partial class Kinds
{
    static DataKind Secret(string name, double severity) => new(name, DataClasses.Secrets, severity);

    public static readonly DataKind PrivateKey = Secret("private_key", 1.0);
    public static readonly DataKind ConnectionString = Secret("connection_string", .95);
    public static readonly DataKind UrlCredentials = Secret("url_credentials", .9);
    public static readonly DataKind JsonWebToken = Secret("jwt", .85);
    public static readonly DataKind AuthorizationHeader = Secret("authorization_header", .85);
    public static readonly DataKind Password = Secret("password", .85);
    public static readonly DataKind PasswordHash = Secret("password_hash", .7);
    public static readonly DataKind ApiKey = Secret("api_key", .8);

    /// <summary>The one vendor's secret that shows by its name alone.</summary>
    public static readonly DataKind AwsSecretKey = new("aws_secret_key", DataClasses.Secrets, .95, "aws");

    /// <summary>The kinds that need no vendor; the vendors' are in <see cref="Secrets"/> too.</summary>
    static readonly DataKind[] SecretsWithoutVendor =
        [PrivateKey, ConnectionString, UrlCredentials, JsonWebToken, AuthorizationHeader, Password, PasswordHash, ApiKey, AwsSecretKey];

    /// <summary>Every kind of class SECRETS, by name.</summary>
    public static IReadOnlyList<DataKind> Secrets { get; } = [.. SecretsWithoutVendor, .. Classifying.Secrets.TokenFormats.Kinds];
}
