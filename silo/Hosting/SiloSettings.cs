using System.Net;
using System.Net.Sockets;
using Interven.Grains.People;
using Interven.Storage;

namespace Interven.Silo.Hosting;

/// <summary>What a silo is told by configuration. Read and checked once, at start; every problem is listed.</summary>
public sealed record SiloSettings
{
    /// <summary>Postgres where <c>ConnectionStrings:Interven</c> is set, else the embedded store in <c>INTERVEN_DATA</c> (default <c>./data</c>).</summary>
    public required StorageOptions Storage { get; init; }

    /// <summary><c>INTERVEN_ADMIN_TOKEN</c>; null lets the first start make one.</summary>
    public string? AdminToken { get; init; }

    /// <summary><c>INTERVEN_ADMIN_EMAIL</c> and <c>INTERVEN_ADMIN_PASSWORD</c>: the first admin of a new installation; null lets the first start make them.</summary>
    public string? AdminEmail { get; init; }

    public string? AdminPassword { get; init; }

    public required string ClusterId { get; init; }
    public required string SiloName { get; init; }
    public required IPAddress AdvertisedAddress { get; init; }
    public required int SiloPort { get; init; }
    public required int GatewayPort { get; init; }
    public bool ListenOnAnyAddress { get; init; }

    /// <summary><c>Interven:Migrations</c>: <c>run</c> (default) migrates at start; <c>wait</c> starts when a job has run <c>migrate</c>.</summary>
    public bool WaitsForMigration { get; init; }

    /// <summary><c>Interven:DatabaseRole</c>: the role of <c>ConnectionStrings:Interven</c> of silos and front ends, told to <c>migrate</c> where that runs as another, which owns the tables.</summary>
    public string? DatabaseRole { get; init; }

    /// <summary><c>Interven:DemoTenant</c>: whether the first start makes a demo tenant and prints its key. Default true.</summary>
    public bool MakesDemoTenant { get; init; } = true;

    /// <exception cref="InvalidOperationException">Lists every setting that is wrong.</exception>
    public static SiloSettings From(IConfiguration configuration)
    {
        var problems = new List<string>();
        var connection = configuration.GetConnectionString("Interven") is { Length: > 0 } given ? given : null;
        var section = configuration.GetSection("Interven:Silo");
        var key = Hex(configuration, "INTERVEN_CREDENTIAL_ENCRYPTION_KEY", problems);
        if (connection is not null && key is null)
            problems.Add("INTERVEN_CREDENTIAL_ENCRYPTION_KEY is not set; with a Postgres database 64 hex digits are required (openssl rand -hex 32).");
        var token = configuration["INTERVEN_ADMIN_TOKEN"] is { Length: > 0 } admin ? admin : null;
        if (token is { Length: < 32 })
            problems.Add("INTERVEN_ADMIN_TOKEN is shorter than 32 characters.");
        var email = configuration["INTERVEN_ADMIN_EMAIL"] is { Length: > 0 } mail ? mail : null;
        var password = configuration["INTERVEN_ADMIN_PASSWORD"] is { Length: > 0 } secret ? secret : null;
        problems.AddRange(FirstPerson.Problems(email, password));
        if (!IPAddress.TryParse(section["AdvertisedAddress"] ?? configuration["POD_IP"] ?? "127.0.0.1", out var address))
            problems.Add("Interven:Silo:AdvertisedAddress is no IP address.");
        var migrations = configuration["Interven:Migrations"] ?? "run";
        if (migrations is not ("run" or "wait"))
            problems.Add($"Interven:Migrations is `{migrations}`; it is `run` or `wait`.");
        if (problems.Count > 0)
            throw new InvalidOperationException("The configuration cannot be used:\n  " + string.Join("\n  ", problems));
        return new()
        {
            Storage = new()
            {
                Provider = connection is null ? StorageProvider.Sqlite : StorageProvider.Postgres,
                ConnectionString = connection ?? "",
                DataFolder = Path.GetFullPath(configuration["INTERVEN_DATA"] is { Length: > 0 } data ? data : "data"),
                VaultKey = key ?? "",
                OldVaultKeys = (configuration["INTERVEN_CREDENTIAL_ENCRYPTION_KEYS_OLD"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            },
            AdminToken = token,
            AdminEmail = email,
            AdminPassword = password,
            ClusterId = section["ClusterId"] ?? "interven",
            SiloName = section["Name"] ?? configuration["POD_NAME"] ?? Environment.MachineName,
            AdvertisedAddress = address!,
            SiloPort = Port(section, "Port", connection is null, 11111),
            GatewayPort = Port(section, "GatewayPort", connection is null, 30000),
            WaitsForMigration = migrations == "wait" && connection is not null,
            DatabaseRole = configuration["Interven:DatabaseRole"] is { Length: > 0 } role ? role : null,
            MakesDemoTenant = configuration.GetValue("Interven:DemoTenant", true),
            ListenOnAnyAddress = section.GetValue("ListenOnAnyAddress", configuration["POD_IP"] is not null),
        };
    }

    static string? Hex(IConfiguration configuration, string name, List<string> problems)
    {
        if (configuration[name] is not { Length: > 0 } text)
            return null;
        if (text.Length != 64 || !text.All(char.IsAsciiHexDigit))
            problems.Add($"{name} must be 64 hex digits.");
        return text;
    }

    /// <summary>An embedded installation takes free ports, so that two of them do not meet.</summary>
    static int Port(IConfigurationSection section, string name, bool embedded, int usual)
    {
        if (section.GetValue<int?>(name) is { } port)
            return port;
        if (!embedded)
            return usual;
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
