"""Where the sign-in library looks for the providers it may use."""

from floorwalker.apps.accounts.entrance.company import CompanyProvider

provider_classes = [CompanyProvider]
