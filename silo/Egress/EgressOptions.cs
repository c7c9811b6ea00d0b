using System.Net;
using System.Net.Sockets;
using Interven.Contracts.Keys;

namespace Interven.Silo.Egress;

/// <summary>What outgoing requests may do (section <c>Interven:Egress</c>). Read and checked once, at start.</summary>
public sealed record EgressOptions
{
    public const string Section = "Interven:Egress";

    /// <summary>Blocks of private addresses that may be called all the same, over plain http too. For self-hosters and tests; empty by default.</summary>
    public IReadOnlyList<IPNetwork> AllowPrivate { get; init; } = [];

    /// <summary>For a whole request: 1 to 60 s, default 10.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Of an answer's body: 1 KiB to 16 MiB, default 64 KiB.</summary>
    public int MaxResponseBytes { get; init; } = 64 * 1024;

    /// <exception cref="InvalidOperationException">Lists every setting that is wrong.</exception>
    public static EgressOptions From(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var problems = new List<string>();
        var allowed = new List<IPNetwork>();
        foreach (var text in section.GetSection("AllowPrivate").Get<string[]>() ?? [])
            if (!AddressBlocks.TryParse(text, out var block))
                problems.Add($"{Section}:AllowPrivate holds `{text}`, which is no CIDR block such as `10.0.0.0/8` (host bits must be zero).");
            else if (block.PrefixLength < (block.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? 8 : 7))
                problems.Add($"{Section}:AllowPrivate holds `{text}`, which would let almost everything through; name the blocks that you need.");
            else
                allowed.Add(block);
        var seconds = Number(section, "TimeoutSeconds", 10, 1, 60, problems);
        var bytes = Number(section, "MaxResponseBytes", 64 * 1024, 1024, 16 * 1024 * 1024, problems);
        return problems.Count == 0
            ? new() { AllowPrivate = allowed, Timeout = TimeSpan.FromSeconds(seconds), MaxResponseBytes = bytes }
            : throw new InvalidOperationException("The configuration cannot be used:\n  " + string.Join("\n  ", problems));
    }

    static int Number(IConfigurationSection section, string name, int usual, int least, int most, List<string> problems)
    {
        if (section[name] is not { Length: > 0 } text)
            return usual;
        if (int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        problems.Add($"{Section}:{name} is `{text}`; it must lie between {least} and {most}.");
        return usual;
    }
}
