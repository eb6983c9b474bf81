namespace Flatfile.Agent;

/// <summary>A step of a job's work. Safe for use by several threads.</summary>
public abstract class JobStep
{
    /// <summary>How far the step is. Returns at once; a lower value than before is ignored.</summary>
    /// <param name="percent">0 to 100 of this step.</param>
    /// <param name="info">One line a person reads while waiting; it stands behind the step's name.</param>
    public abstract void Report(double percent, string? info = null);

    /// <summary>How far the step is, counted.</summary>
    /// <param name="done">What is done.</param>
    /// <param name="all">What there is to do; with 0 the step is done.</param>
    /// <param name="info">As above.</param>
    public void Report(long done, long all, string? info = null) => Report(all <= 0 ? 100 : 100.0 * done / all, info);

    /// <summary>Begins a step within this one.</summary>
    /// <param name="name">What a person reads while it goes on.</param>
    /// <param name="share">How much of this step it is, in percent; more than 0.</param>
    public abstract JobStep Step(string name, double share);

    /// <summary>The step is done, also when a later run finds it done by an earlier one.</summary>
    public void Done() => Report(100);
}
