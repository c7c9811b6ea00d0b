using Interven.Contracts;
using Interven.Engine.Reading;

namespace Interven.Engine.Risk;

/// <summary>What could not be decoded within its budget is not a pass: a floor instead of a share in the average (ruling 11).</summary>
static class DecodeEngine
{
    static readonly Assessment Silent = new(new(Signal.DecodeLimit, 0, []), false, 0, []);
    static readonly Assessment Reached = new(new(Signal.DecodeLimit, 1, []), false, RiskTable.Current.Floors.DecodeLimit, [ReasonCodes.DecodeLimit]);

    public static Assessment Judge(ScanText text) => text.DecodeLimitReached ? Reached : Silent;
}
