using System.Reflection;
using Interven.Engine.Classifying;
using Interven.Engine.Policies;
using Interven.Engine.Policies.Conditions;

namespace Interven.Engine.Tests.Deciding;

public class LibraryTests
{
    static readonly HashSet<string> Known =
        [.. typeof(Kinds).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetValue(null)).OfType<DataKind>().Select(kind => kind.Name)];

    public static TheoryData<string> Policies() =>
        [.. PolicyLibrary.Seeds.Concat(PolicyLibrary.Packs.SelectMany(PolicyLibrary.Pack)).Select(policy => policy.Name).Distinct()];

    /// <summary>A kind that no detector reports would make a rule that never matches.</summary>
    [Theory]
    [MemberData(nameof(Policies))]
    public void A_policy_that_comes_along_asks_only_for_kinds_that_can_be_found(string name) => Assert.All(
        PolicyLibrary.Seeds.Concat(PolicyLibrary.Packs.SelectMany(PolicyLibrary.Pack)).Where(policy => policy.Name == name).SelectMany(policy => policy.Rules),
        rule => Assert.All(rule.Condition.OfType<KindCondition>().SelectMany(condition => condition.Any), kind => Assert.Contains(kind, Known)));
}
