namespace Flatfile.Agent.Host.Importing;

/// <summary>Where a person watches an import.</summary>
internal interface IImportView
{
    /// <summary>How far a step of a file is; called often, from any thread.</summary>
    /// <param name="file">The file's name, or what else is waited for.</param>
    /// <param name="step">Such as <c>upload</c> or <c>file:extract</c>.</param>
    /// <param name="percent">0 to 100.</param>
    /// <param name="info">The step's last line.</param>
    void Show(string file, string step, double percent, string? info = null);
}
