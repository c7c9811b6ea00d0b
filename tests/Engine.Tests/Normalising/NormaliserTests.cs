using System.Globalization;
using Interven.Contracts;
using Interven.Engine.Normalising;

namespace Interven.Engine.Tests.Normalising;

public class NormaliserTests
{
    public static TheoryData<string, int> Rows()
    {
        var rows = new TheoryData<string, int>();
        foreach (var file in NormaliserCases.All.GroupBy(row => row.File))
            for (var i = 0; i < file.Count(); i++)
                rows.Add(file.Key, i);
        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_call_is_what_the_table_says(string file, int row)
    {
        var wanted = NormaliserCases.All.Where(one => one.File == file).ElementAt(row).Case;
        var words = wanted.Call.Split(' ', 2);
        var call = NormaliserCases.Identify(words[0], words[1], wanted.Body, wanted.Headers, wanted.GivenTool, wanted.GivenOperation);
        var wants = wanted.Is.Split(' ');
        Check(wanted, nameof(call.Tool), wants[0], call.Tool);
        Check(wanted, nameof(call.Operation), wants[1], call.Operation);
        Check(wanted, nameof(call.Verb), wants[2], call.Verb.Word());
        Check(wanted, nameof(call.Category), wanted.Category, call.Category);
        Check(wanted, nameof(call.GivenOperation), wanted.Given, call.GivenOperation);
        Check(wanted, nameof(call.ShownOperation), wanted.Shown, call.ShownOperation);
        Check(wanted, nameof(call.Unclaimed), wanted.Unclaimed, call.Unclaimed is { } unclaimed ? $"{unclaimed.Tool} {unclaimed.Operation}" : null);
        Check(wanted, nameof(call.IsExternal), Word(wanted.External), Word(call.IsExternal));
        Check(wanted, nameof(call.UrlIsKnown), Word(wanted.Known), Word(call.UrlIsKnown));
        CheckResource(wanted, call.Resource);
    }

    static void CheckResource(NormaliserCase wanted, ResourceAttributes resource)
    {
        Check(wanted, nameof(resource.Org), wanted.Org, resource.Org);
        Check(wanted, nameof(resource.Repo), wanted.Repo, resource.Repo);
        Check(wanted, nameof(resource.Channel), wanted.Channel, resource.Channel);
        Check(wanted, nameof(resource.Region), wanted.Region, resource.Region);
        Check(wanted, nameof(resource.Account), wanted.Account, resource.Account);
        Check(wanted, nameof(resource.Principal), wanted.Principal, resource.Principal);
        Check(wanted, nameof(resource.IsExternalPrincipal), wanted.ExternalPrincipal, Word(resource.IsExternalPrincipal));
        if (wanted.Tags is not null)
            Assert.Equal(wanted.Tags, resource.AwsTags);
    }

    // In a table an absent cell asks nothing, "none" asks for nothing there.
    static void Check(NormaliserCase row, string what, string? wanted, string? got)
    {
        if (wanted is null or "-")
            return;
        Assert.True(wanted == (got ?? "none"), $"{row}: {what} is `{got ?? "none"}`, wanted `{wanted}`.");
    }

    static string? Word(bool? value) => value?.ToString(CultureInfo.InvariantCulture).ToLowerInvariant();
}
