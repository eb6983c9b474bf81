namespace Flatfile.Agent.Core.Progress;

/// <summary>A step of a run's progress. What it reports goes up, by its share, to the whole.</summary>
internal sealed class ProgressStep : JobStep
{
    private readonly ProgressStep? _parent;
    private readonly string _name;
    private readonly double _share;
    private readonly Action<double, string?> _report;
    private readonly Lock _lock;
    private readonly List<ProgressStep> _steps = [];
    private double _own;

    /// <summary>The whole.</summary>
    public ProgressStep(Action<double, string?> report)
        : this(null, string.Empty, 100, report, new Lock())
    {
    }

    private ProgressStep(ProgressStep? parent, string name, double share, Action<double, string?> report, Lock @lock)
    {
        _parent = parent;
        _name = name;
        _share = share;
        _report = report;
        _lock = @lock;
    }

    private double Percent => Math.Min(100, Math.Max(_own, _steps.Sum(s => s._share / 100 * s.Percent)));

    private ProgressStep Whole => _parent?.Whole ?? this;

    public override void Report(double percent, string? info = null)
    {
        double all;
        lock (_lock)
        {
            _own = percent > _own ? Math.Min(percent, 100) : _own;
            all = Whole.Percent;
        }

        _report(all, Line(info));
    }

    public override JobStep Step(string name, double share)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (!(share is > 0 and <= 100))
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, "The share of a step is a percentage of what it belongs to. Give more than 0 and at most 100.");
        }

        ProgressStep step;
        lock (_lock)
        {
            var taken = _steps.Sum(s => s._share);
            if (taken + share > 100.001)
            {
                throw new ArgumentOutOfRangeException(nameof(share), share, $"The steps before '{name}' have {taken} percent already. Give shares that are 100 together.");
            }

            step = new ProgressStep(this, name, share, _report, _lock);
            _steps.Add(step);
        }

        step.Report(0);
        return step;
    }

    /// <summary>The names on the way to the step, and what it says of itself.</summary>
    private string? Line(string? info)
    {
        if (_parent is null)
        {
            return info;
        }

        var names = _name;
        for (var above = _parent; above._parent is not null; above = above._parent)
        {
            names = $"{above._name}, {names}";
        }

        return info is null ? names : $"{names}: {info}";
    }
}
