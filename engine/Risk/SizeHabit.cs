namespace Interven.Engine.Risk;

/// <summary>How large an agent's calls are: a moving mean and spread of the logarithm of the size.</summary>
sealed class SizeHabit
{
    const int NeverBelowBytes = 4096;
    const int Enough = 50;

    /// <summary>How much one call moves the habit; first calls move it more.</summary>
    const double Slowest = .02;

    public double Mean { get; private set; }
    public double Variance { get; private set; }
    public int Count { get; private set; }

    /// <summary>Notes a call; true where it is four times the usual size or more, and over three deviations out.</summary>
    public bool Note(int bytes)
    {
        var size = Math.Log2(Math.Max(1, bytes));
        var unusual = Count >= Enough && bytes >= NeverBelowBytes && size > Mean + Math.Max(2, 3 * Math.Sqrt(Variance));
        if (Count < Enough)
            Count++;
        var rate = Math.Max(Slowest, 1.0 / Count);
        var off = size - Mean;
        Mean += rate * off;
        Variance = (1 - rate) * (Variance + rate * off * off);
        return unusual;
    }

    public void Restore(double mean, double variance, int count) =>
        (Mean, Variance, Count) = double.IsFinite(mean) && double.IsFinite(variance) && variance >= 0 ? (mean, variance, Math.Clamp(count, 0, Enough)) : (0, 0, 0);
}
