"""The anticipated "no" of access."""

from django.utils.translation import gettext_lazy as _

from tongxing.kernel.errors import Refusal


class NoCurrentPost(Refusal):
    code = "access.no_current_post"
    message = _("This account holds no current post. Ask your county office.")


class WrongArea(Refusal):
    code = "access.wrong_area"
    message = _("This lies outside the area you answer for.")


class WrongLevel(Refusal):
    code = "access.wrong_level"
    message = _("A post of this role does not exist on this level: %(role)s, %(level)s.")


class PowersApart(Refusal):
    code = "access.powers_apart"
    message = _(
        "System, security and audit administration, auditing and work with children must be held "
        "by different people."
    )


class PostHeld(Refusal):
    code = "access.post_held"
    message = _("This post is held by somebody on that day.")


class PostEnded(Refusal):
    code = "access.post_ended"
    message = _("This post does not exist on that day.")


class ContractMissing(Refusal):
    code = "access.contract_missing"
    message = _("A post of an agency needs the day on which its contract ends.")


class UsernameTaken(Refusal):
    code = "access.username_taken"
    message = _("This user name is taken.")


class PersonHasAccount(Refusal):
    code = "access.person_has_account"
    message = _("This person already has an account: %(username)s.")


class BadIdentityNumber(Refusal):
    code = "access.bad_identity_number"
    message = _("This is no valid identity number. An account belongs to one named person.")


class BadUsername(Refusal):
    code = "access.bad_username"
    message = _("A user name has 3 to 40 small letters, digits, dots or hyphens.")


class NoSuchPerson(Refusal):
    code = "access.no_such_person"
    message = _("There is no open account of this name.")


class AlreadyDecided(Refusal):
    code = "access.already_decided"
    message = _("This request has already been decided.")


class AlreadyRequested(Refusal):
    code = "access.already_requested"
    message = _("The same request is already waiting.")


class NotYourOwn(Refusal):
    code = "access.not_your_own"
    message = _("Two people decide about a post: the one who asks, and another who confirms.")


class AlreadyFounded(Refusal):
    code = "access.already_founded"
    message = _("This site already has its administrators.")


class DivisionKnown(Refusal):
    code = "access.division_known"
    message = _("This code is in use: %(name)s.")


class OldEdition(Refusal):
    code = "access.old_edition"
    message = _("A later edition of the division table has already been read.")


class NoVillageCode(Refusal):
    code = "access.no_village_code"
    message = _("A village code has twelve digits and begins with those of its township.")


class OrganisationKnown(Refusal):
    code = "access.organisation_known"
    message = _("An organisation of this name exists in this division.")


class OrganisationBusy(Refusal):
    code = "access.organisation_busy"
    message = _("Posts of this organisation are still held. End the appointments first.")


class WrongPassword(Refusal):
    code = "access.wrong_password"
    message = _("The present password is not right.")


class PasswordUsedBefore(Refusal):
    code = "access.password_used_before"
    message = _("Choose a password that is not one of your last five.")


class CheckInFuture(Refusal):
    code = "access.check_in_future"
    message = _("The day of an entry check cannot lie in the future.")


class WrongCode(Refusal):
    code = "access.wrong_code"
    message = _("This code is not right. Wait for the next one and try again.")


class SignInFailed(Refusal):
    code = "access.sign_in_failed"
    message = _("The user name or the password is not right.")


class SignInLocked(Refusal):
    code = "access.sign_in_locked"
    message = _(
        "Too many wrong tries. Wait half an hour, or sign in from a computer you have used before."
    )


class AccountResting(Refusal):
    code = "access.account_resting"
    message = _("This account cannot be used at present: %(state)s. Ask your county office.")
