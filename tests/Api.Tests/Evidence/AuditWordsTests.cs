using System.Text;
using System.Text.RegularExpressions;
using Interven.Api.Tests.Running;
using Interven.Contracts;

namespace Interven.Api.Tests.Evidence;

/// <summary>The audit log speaks one fixed vocabulary, and the docs list it.</summary>
public partial class AuditWordsTests
{
    const string Start = "<!-- from here on written by the tests, from the table -->";

    [Fact]
    public void No_other_word_is_written()
    {
        var (known, nouns) = (AuditActions.All.Select(one => one.Action).ToHashSet(), AuditActions.All.Select(one => one.Action.Split('.')[0]).ToHashSet());
        var root = Path.Combine(Product.Place("Docs"), "..");
        var unknown = new List<string>();
        foreach (var room in (string[])["grains", "storage", "silo", "api-frontend"])
            foreach (var file in Directory.EnumerateFiles(Path.Combine(root, room), "*.cs", SearchOption.AllDirectories).Where(file => !file.Contains("/obj/", StringComparison.Ordinal)))
                foreach (var match in Word().Matches(File.ReadAllText(file)).Cast<Match>())
                    if (!known.Contains(match.Groups["word"].Value) && (match.Groups["action"].Success || nouns.Contains(match.Groups["word"].Value.Split('.')[0])))
                        unknown.Add($"{match.Groups["word"].Value} in {Path.GetRelativePath(root, file)}");
        // Own documents are told of by their kind.
        var own = Directory.EnumerateFiles(Path.Combine(root, "grains"), "*.cs", SearchOption.AllDirectories).SelectMany(file => Kind().Matches(File.ReadAllText(file)).Select(match => match.Groups["kind"].Value)).ToList();
        Assert.NotEmpty(own);
        unknown.AddRange(own.SelectMany(kind => (string[])[kind + ".created", kind + ".changed", kind + ".deleted"]).Where(word => !known.Contains(word)));
        Assert.True(unknown.Count == 0, "Words that AuditActions does not list:\n" + string.Join('\n', unknown));
    }

    [Fact]
    public async Task The_docs_list_the_vocabulary()
    {
        var file = Path.Combine(Product.Place("Docs"), "audit-log.md");
        var text = await File.ReadAllTextAsync(file);
        var table = new StringBuilder("| action | tells that |\n|---|---|\n");
        foreach (var one in AuditActions.All)
            table.Append(null, $"| `{one.Action}` | {one.Meaning} |\n");
        var wanted = text[..(text.IndexOf(Start, StringComparison.Ordinal) + Start.Length)] + "\n\n" + table;
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
            await File.WriteAllTextAsync(file, wanted);
        Assert.True(await File.ReadAllTextAsync(file) == wanted, "docs/audit-log.md differs from the table. Run this test with UPDATE_SNAPSHOTS=1 and check the new file in.");
        Assert.Equal(AuditActions.All.Count, AuditActions.All.DistinctBy(one => one.Action).Count());
    }

    [GeneratedRegex("(?<action>Action = )?\"(?<word>[a-z_]+\\.[a-z_]+)\"")]
    private static partial Regex Word();

    [GeneratedRegex("const string DocumentKind = \"(?<kind>[a-z_]+)\"")]
    private static partial Regex Kind();
}
