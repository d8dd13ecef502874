"""The word indexes of diplomas and jobs, with their everyday names, read once per version of the data."""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from formations.models import Diploma, DiplomaDomain, DiplomaJob, Job, JobName, Renewal
from formations.renewals import renewed
from search.spellings import SAME_SIGLES, spelt_out, without_sigles
from search.synonyms import EVERYDAY_NAMES, initials, is_everyday_name_of
from search.text_index import WordIndex

_SPECIALITY, _DOMAIN, _OFFICIAL, _FORMER, _SIGLE, _EVERYDAY = 0.6, 0.55, 0.9, 0.95, 0.99, 0.96
_NAME_COMPLETENESS = 0.5
_RECENT = timedelta(days=3 * 365)
_MANY = 20


@dataclass(frozen=True)
class FoundCourse:
    """A course found: CAP Cuisine, 50022146. `successor_of` holds the codes it replaced one-to-one."""

    code: str
    label: str
    slug: str
    type_code: str
    level: int | None
    speciality: str
    closed_on: date | None
    opened_on: date | None
    weight: int
    successor_of: tuple[str, ...] = ()

    @property
    def pk(self):
        return self.code

    @property
    def codes(self):
        """Its own code, then those that it replaced."""
        return (self.code, *self.successor_of)

    @property
    def is_closed(self):
        """Judged when it is read: the index outlives the day on which it was built."""
        return bool(self.closed_on) and self.closed_on <= timezone.localdate()

    @property
    def tier(self):
        """0 taught nowhere known, 1 in a few places, 2 in many."""
        return (self.weight > 0) + (self.weight >= _MANY)

    @property
    def is_recent(self):
        return bool(self.opened_on) and self.opened_on > date.today() - _RECENT

    @property
    def standing(self):
        """Factor of the score, 0 to 1: people look for open courses taught in many places rather than their namesakes."""
        if self.is_closed:
            return (0.3, 0.65, 0.73)[self.tier]
        return (0.6, 0.88, 0.96)[self.tier] + (0.01 if self.is_recent else 0)

    @property
    def rank(self):
        """Sort key of courses with about the same score."""
        return (self.is_closed, -self.tier, self.level or 9, -self.weight, self.label, self.code)


class CourseIndex:
    """The newest diploma of each chain of renewals, jobs, and the words that find them.

    weights: {code: about how many schools teach the diploma, more when it has figures}, which puts the courses that
    exist before those of nomenclatures only.
    """

    def __init__(self, weights):
        self.newest, self._formers = renewed()
        self.courses, self._of_type, self._inherited = {}, defaultdict(set), defaultdict(int)
        self.subjects, self.taught = WordIndex(), WordIndex()
        self.names = WordIndex(completeness=_NAME_COMPLETENESS)
        self._read_diplomas(weights)
        self._read_domains()
        self._read_jobs()
        for index in (self.subjects, self.taught, self.names):
            index.close()

    def has_all(self, words):
        """Whether one taught course, or one name of a job, has all these words as they are written."""
        return self.taught.has_all(words) or self.names.has_all(words)

    def knows(self, word):
        """Whether a taught course or a job has this word, one of its stem or one that sounds the same."""
        return any(
            index.match([word], can_correct=False).by_word[word] for index in (self.taught, self.names)
        )

    def codes_of_type(self, sigles):
        """Codes of the diplomas whose type is named by all these sigles."""
        found = [
            set().union(
                *(
                    self._of_type.get(word, ())
                    for same_sigle in SAME_SIGLES.get(sigle, (sigle,))
                    for word in self._kinds(same_sigle)
                )
            )
            for sigle in sigles
        ]
        return set.intersection(*found) if found else set()

    def _kinds(self, sigle):
        """« bac » stands for every kind of it: bacpro, bactechno…"""
        return [word for word in self._of_type if word.startswith("bac")] if sigle == "bac" else [sigle]

    def course(self, code):
        """The course of a code, or the one that replaced it; None for an unknown code."""
        return self.courses.get(code) or self.courses.get(self.newest.get(code))

    def courses_of_job(self, job):
        """Courses that lead to a job, the likeliest first."""
        courses = [self.courses[code] for code in self.diplomas_of_job.get(job, ())]
        return tuple(sorted(courses, key=lambda course: (-course.standing, *course.rank)))

    def offered_for_job(self, job):
        """Those that are open and that somebody teaches, as far as is known: what a card and the page of a job count."""
        return tuple(course for course in self.courses_of_job(job) if not course.is_closed and course.weight)

    def _read_diplomas(self, weights):
        rows = list(_rows_of_diplomas())
        shown = {row.code for row in rows}
        # A code that stands for no diploma renews nothing.
        self.newest = {former: new for former, new in self.newest.items() if new in shown}
        counts = defaultdict(int)
        for code, number in weights.items():
            counts[self.newest.get(code, code)] += number
        for former, new in Renewal.objects.order_by().values_list("former_id", "new_id"):
            # One of several successors of a diploma: no school teaches it yet, but people look for it as much as the former.
            if self.newest.get(former, former) == former:
                self._inherited[new] = max(self._inherited[new], counts[former])
        for row in rows:
            key = self.newest.get(row.code, row.code)
            subject = without_sigles(row.label)
            self.subjects.add(key, subject, 1.0 if key == row.code else _FORMER)
            self.subjects.add(key, without_sigles(row.official_label), _OFFICIAL)
            self.subjects.add(key, spelt_out(row.speciality__label or ""), _SPECIALITY)
            if counts[key] or self._inherited[key]:
                self.taught.add(key, subject)
            if key == row.code:
                for word in _type_words(row):
                    self._of_type[word].add(key)
                self.courses[key] = _found_course(
                    row, counts[key] or self._inherited[key], self._formers.get(key, ())
                )
        self._add_names(rows)

    def _add_names(self, rows):
        """Index sigles and everyday words of courses, and their initials unless some course has them as a word."""
        by_initials = defaultdict(set)
        for row in rows:
            key = self.newest.get(row.code, row.code)
            self._add_everyday_names(key, spelt_out(row.label))
            if self.courses[key].weight and (letters := initials(without_sigles(row.label.split(",")[0]))):
                by_initials[letters].add(key)
        for letters in by_initials.keys() - {letters for letters in by_initials if letters in self.subjects}:
            for key in by_initials[letters]:
                self.subjects.add(key, letters, _SIGLE)
                self.taught.add(key, letters, _SIGLE)

    def _add_everyday_names(self, key, text):
        named = [names for word in set(text.split()) for names in _EVERYDAY_NAMES.get(word, ())]
        for phrase, sigles, words in named:
            if is_everyday_name_of(phrase, text):
                self.subjects.add(key, sigles, _SIGLE)
                self.subjects.add(key, words, _EVERYDAY)
                if self.courses[key].weight:
                    self.taught.add(key, f"{sigles} {words}", _EVERYDAY)

    def _read_domains(self):
        links = DiplomaDomain.objects.order_by().values_list(
            "diploma_id", "domain__label", "domain__parent__label"
        )
        for code, label, parent in links:
            if (key := self.newest.get(code, code)) in self.courses:
                self.subjects.add(key, spelt_out(f"{label} {parent or ''}"), _DOMAIN)

    def _read_jobs(self):
        self.job_labels = dict(Job.objects.order_by().values_list("code", "label"))
        for job, label in self.job_labels.items():
            self.names.add((job, label, False), spelt_out(label))
        names = JobName.objects.order_by("job_id", "name").values_list("job_id", "name", "is_everyday")
        for job, name, is_everyday in names:
            self.names.add((job, name, is_everyday), spelt_out(name))
        self.diplomas_of_job = defaultdict(set)
        for code, job in DiplomaJob.objects.order_by().values_list("diploma_id", "job_id"):
            if (key := self.newest.get(code, code)) in self.courses:
                self.diplomas_of_job[job].add(key)


# First word of a phrase → (phrase, sigles, everyday words).
_EVERYDAY_NAMES = defaultdict(list)
for _phrase, (_sigles, _words) in EVERYDAY_NAMES.items():
    _phrase = spelt_out(_phrase)
    _EVERYDAY_NAMES[_phrase.split()[0]].append((_phrase, _sigles, spelt_out(_words)))


def _rows_of_diplomas():
    return (
        Diploma.objects.with_page()
        .order_by()
        .values_list(
            "code",
            "label",
            "official_label",
            "slug",
            "opened_on",
            "closed_on",
            "type_id",
            "type__short_label",
            "type__label",
            "type__level",
            "speciality__label",
            named=True,
        )
    )


def _type_words(row):
    """The words that name the type of a diploma, without digits: CS for CS 3, MC for MC4."""
    words = re.sub(r"\d", " ", spelt_out(f"{row.type__short_label or ''} {row.label}")).split()
    return {*words[:3], spelt_out(row.type__label or "")}


def _found_course(row, weight, formers):
    return FoundCourse(
        row.code,
        row.label,
        row.slug,
        row.type_id or "",
        row.type__level,
        row.speciality__label or "",
        row.closed_on,
        row.opened_on,
        weight,
        formers,
    )
