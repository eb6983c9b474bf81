namespace Flatfile.Agent.Handlers.Typing;

/// <summary>Whether days follow one another up or down the column.</summary>
internal sealed class DaySequence
{
    /// <summary>Steps that are no accident: the chance that as many random days are in order is below 1 in 100,000.</summary>
    private const int EnoughSteps = 9;

    private DateOnly? _last;
    private long _up;
    private long _down;
    private bool _broken;

    public bool IsSorted => !_broken && _up + _down >= EnoughSteps && (_up == 0 || _down == 0);

    public void Add(DateOnly? day)
    {
        if (day is not { } here)
        {
            _broken = true;
            return;
        }

        if (_last is { } before)
        {
            _up += here > before ? 1 : 0;
            _down += here < before ? 1 : 0;
        }

        _last = here;
    }
}
