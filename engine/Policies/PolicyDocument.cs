using System.Security.Cryptography;
using Interven.Engine.Policies.Documents;

namespace Interven.Engine.Policies;

/// <summary>A policy as an author wrote it, checked whole: every pattern, path and regex in it compiles. Made by <see cref="PolicyReader"/>.</summary>
public sealed record PolicyDocument
{
    /// <summary>Most rules in one policy.</summary>
    public const int MaxRules = 1000;

    /// <summary>1 to 200 characters; with <see cref="EnvName"/> it names the policy in a tenant.</summary>
    public required string Name { get; init; }

    public string Description { get; init; } = "";

    /// <summary>The only environment that the policy is asked for; null for all of them.</summary>
    public string? EnvName { get; init; }

    public bool Enabled { get; init; } = true;

    public PolicyMode Mode { get; init; }

    /// <summary>Controls that the policy serves, e.g. <c>SOC_2:CC6.1</c>.</summary>
    public IReadOnlyList<string> ComplianceTags { get; init; } = [];

    /// <summary>In document order.</summary>
    public required IReadOnlyList<PolicyRule> Rules { get; init; }

    /// <summary>One spelling for each meaning: nested rules, primary key names, lists, fixed key order, defaults left out. What is stored and compared.</summary>
    public byte[] ToCanonicalJson() => CanonicalPolicy.Write(this);

    /// <summary>SHA-256 of <see cref="ToCanonicalJson"/> in lower-case hex. The same hash means that there is nothing to make a new version of.</summary>
    public string ContentHash() => Convert.ToHexStringLower(SHA256.HashData(ToCanonicalJson()));
}

/// <summary>Whether a policy acts or only tells what it would have done.</summary>
public enum PolicyMode : byte { Enforce, Monitor }
