using Interven.Contracts;
using Interven.Engine.Policies;

namespace Interven.Engine.Tests.Policies;

public sealed class QuickstartCase
{
    public string Name { get; set; } = "";
    public string Policy { get; set; } = "";
    public List<RuleCase> Calls { get; set; } = [];
}

public class QuickstartTests
{
    static readonly IReadOnlyList<QuickstartCase> Table = Cases.Load<QuickstartCase>("quickstart.yaml");

    public static TheoryData<string> Rows => Cases.Names(Table, row => row.Name);

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_first_users_policy_loads_and_acts_as_written(string name)
    {
        var row = Table.Single(one => one.Name == name);
        var reading = PolicyReader.Read(row.Policy);
        Assert.Empty(reading.Problems.Concat(reading.Warnings));
        Assert.Equal("rule-1", Assert.Single(reading.Document!.Rules).RuleId);
        var set = PolicySet.Compile([StoredPolicy.Of(Guid.Empty, 1, reading.Document)]);
        foreach (var call in row.Calls)
            Assert.Equal(call.Want, set.Evaluate(call.Facts()).Decision?.Word() ?? "none");
    }
}
