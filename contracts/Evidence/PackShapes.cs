namespace Interven.Contracts.Evidence;

/// <summary>What an evidence pack holds: its <c>manifest.json</c>.</summary>
/// <param name="GeneratedAt">When it was begun.</param>
/// <param name="Until">First moment that is not in it.</param>
/// <param name="Verification">What checking the decision records of the range found.</param>
public sealed record PackManifest(
    Guid TenantId, DateTimeOffset GeneratedAt, DateTimeOffset Since, DateTimeOffset Until, IReadOnlyList<PackedFile> Files, Verification Verification);

/// <param name="Name">In the zip.</param>
/// <param name="Sha256">Of the file's bytes, lower-case hex.</param>
/// <param name="Bytes">Its length, unpacked.</param>
/// <param name="Records">Records or rows that it holds.</param>
public sealed record PackedFile(string Name, string Sha256, long Bytes, long Records);
