using System.Net;

namespace Interven.Contracts.Keys;

/// <summary>CIDR blocks as people write them: one spelling each, since octal, hex and short forms are read differently from how they look.</summary>
public static class AddressBlocks
{
    const int MappedPrefix = 96;

    /// <summary>Only the block's own spelling, with host bits zero; IPv6 in either case. IPv4-mapped blocks come out as IPv4.</summary>
    public static bool TryParse(string? text, out IPNetwork block)
    {
        var isBlock = IPNetwork.TryParse(text, out var parsed) && parsed.ToString().Equals(text, StringComparison.OrdinalIgnoreCase);
        block = isBlock ? Unmapped(parsed) : default;
        return isBlock;
    }

    /// <summary>A block that was accepted before.</summary>
    public static IPNetwork Parse(string text) => Unmapped(IPNetwork.Parse(text));

    /// <summary>Accepted blocks as they are stored and shown.</summary>
    public static string[] Canonical(IReadOnlyList<string>? blocks) => blocks is null ? [] : [.. blocks.Select(block => Parse(block).ToString())];

    static IPNetwork Unmapped(IPNetwork block) =>
        block.BaseAddress.IsIPv4MappedToIPv6 && block.PrefixLength >= MappedPrefix ? new(block.BaseAddress.MapToIPv4(), block.PrefixLength - MappedPrefix) : block;
}
