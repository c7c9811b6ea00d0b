namespace Interven.Engine.Risk;

/// <summary>Joins independent suspicions: more of them never score less, and the sum never passes 1.</summary>
static class Odds
{
    public static double Either(double one, double other) => 1 - (1 - Math.Clamp(one, 0, 1)) * (1 - Math.Clamp(other, 0, 1));
}
