namespace Interven.Cluster.Tests.Running;

/// <summary>What a test's cluster is made of.</summary>
sealed record ClusterShape
{
    public int Silos { get; init; } = 2;

    public int FrontEnds { get; init; } = 2;

    /// <summary>Whether haproxy with the configuration of <c>deploy/</c> stands before the front ends.</summary>
    public bool Haproxy { get; init; }

    /// <summary>Further settings of the Postgres server.</summary>
    public string Postgres { get; init; } = "";

    /// <summary>Folders of the programs; the build's own by default.</summary>
    public string SiloBuild { get; init; } = Places.Silo;

    public string FrontEndBuild { get; init; } = Places.FrontEnd;

    /// <summary>How a silo reaches its database: what it is given as its connection string, by its number.</summary>
    public Func<int, string, string> Route { get; init; } = (_, connection) => connection;

    /// <summary>Where each silo lives in a network namespace of its own; null for all on loopback.</summary>
    public Network? Network { get; init; }

    /// <summary>More settings of every process.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
