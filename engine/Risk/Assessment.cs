namespace Interven.Engine.Risk;

/// <summary>What one engine made of a call: its signal, whether it counts in the average, the floor it sets and the reasons it gives.</summary>
/// <param name="Signal">For the answer and the record.</param>
/// <param name="Active">False where the engine has nothing to go by (warm-up, no feeds, unknown agent), so that its silence is not averaged in.</param>
/// <param name="Floor">The score may not be lower than this.</param>
/// <param name="Reasons">Reason codes, in the order of their weight.</param>
readonly record struct Assessment(Signal Signal, bool Active, double Floor, IReadOnlyList<string> Reasons)
{
    public static Assessment Quiet(string engine, bool active = true) => new(Signal.Quiet(engine), active, 0, []);
}
