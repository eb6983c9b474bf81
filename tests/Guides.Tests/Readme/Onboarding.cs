// snippet
using Flatfile.Api;

namespace Onboarding;

/// <summary>A space for each customer, from one template; ends when all of them are completed, and may be killed and run again.</summary>
public sealed class CustomerOnboarding(FlatfileClient flatfile)
{
    public async Task<SpaceBatchResult> RunAsync(IEnumerable<string> customers, CancellationToken cancellationToken)
    {
        var templates = new SpaceTemplates(flatfile);
        templates.Register("customer", new SpaceConfig
        {
            GuestAccess = true,
            GuestRole = "editor",
            Workbook = new WorkbookConfig
            {
                Name = "Contacts",
                Sheets = [new SheetConfig { Name = "Contacts", Slug = "contacts", Fields = [new Property { Key = "email", Type = PropertyType.String }] }],
            },
        });
        var configs = customers.Select(customer => templates.Configure("customer", new SpaceConfig { Name = $"{customer} - Customer Import" }));
        return await new SpaceBatch(flatfile, "onboarding-2024").RunAsync([.. configs], cancellationToken: cancellationToken);
    }
}
// end
