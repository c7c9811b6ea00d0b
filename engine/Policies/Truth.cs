namespace Interven.Engine.Policies;

/// <summary>
/// Kleene's three values. What cannot be known (an agent's history that did not arrive, an amount that is no number, a fault inside a
/// condition) is <see cref="Unknown"/> until the rule as a whole is judged: then it counts as true, but as false in an ALLOW rule.
/// </summary>
enum Truth : byte { False, Unknown, True }

static class Truths
{
    public static Truth Of(bool value) => value ? Truth.True : Truth.False;

    public static Truth Of(bool? value) => value is { } known ? Of(known) : Truth.Unknown;

    public static Truth And(this Truth one, Truth other) => one < other ? one : other;

    public static Truth Or(this Truth one, Truth other) => one > other ? one : other;

    public static Truth Not(this Truth one) => Truth.True - one + Truth.False;

    /// <summary>What a condition on a flag says where the rule wants <paramref name="wanted"/>.</summary>
    public static Truth Is(this Truth one, bool wanted) => wanted ? one : one.Not();
}
