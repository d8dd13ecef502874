"""Search of courses and jobs by what people type: words, sigles, trades, codes, with or without mistakes."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from formations.chains import renewed
from formations.models import Diploma, DiplomaDomain, DiplomaJob, Job, JobName
from formations.spellings import SAME_SIGLES, SIGLES, spelt_out, without_sigles
from inserjeunes_portal.word_index import WordIndex, words_of

_SPECIALITY, _DOMAIN, _OFFICIAL, _FORMER = 0.6, 0.55, 0.9, 0.95
_THROUGH_JOB, _OTHER_TYPE = 0.65, 0.5
_EVERYDAY, _COMPLETENESS = 0.08, 0.5
_LEAST_SCORE, _LEAST_SHARE, _CLOSE_SHARE = 0.25, 0.5, 0.85
_LEAST_JOB_SCORE = 0.6
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
    is_closed: bool
    opened_on: date | None
    weight: int
    successor_of: tuple[str, ...] = ()

    @property
    def pk(self):
        return self.code

    @property
    def tier(self):
        """0 taught nowhere known, 1 in a few places, 2 in many."""
        return (self.weight > 0) + (self.weight >= _MANY)

    @property
    def is_recent(self):
        return bool(self.opened_on) and self.opened_on > date.today() - _RECENT


@dataclass(frozen=True)
class FoundJob:
    """A job found, by which of its names, and the courses that lead to it."""

    code: str
    label: str
    name: str
    courses: tuple[FoundCourse, ...]


@dataclass
class Found:
    """What a query found.

    closest: the courses that answer about as well as the first. best: its score, 0 when there is none, about 1
    for all the words.
    """

    courses: list[FoundCourse] = field(default_factory=list)
    jobs: list[FoundJob] = field(default_factory=list)
    corrections: dict[str, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    best: float = 0.0
    closest: list[FoundCourse] = field(default_factory=list)


class CourseSearch:
    """The index of all diplomas and jobs; built once for each version of the data.

    weights: {code: about how many schools teach the diploma, more when it has figures}, which puts the courses that
    exist before those of nomenclatures only.
    """

    def __init__(self, weights=None):
        self._newest, self._formers = renewed()
        self._courses, self._type_words = {}, {}
        self._index, self._taught = WordIndex(), WordIndex()
        self._names = WordIndex(completeness=_COMPLETENESS)
        self._read_diplomas(weights or {})
        self._read_domains()
        self._read_jobs()
        self._index.close()
        self._names.close()

    def __len__(self):
        return len(self._courses)

    def has_all(self, words):
        """Whether one course that is taught, or one name of a job, has all these words, written so."""
        return self._taught.has_all(words) or self._names.has_all(words)

    def search(self, query):
        if course := self._by_code(query):
            return Found([course], best=2.0, closest=[course])
        words = words_of(spelt_out(query))
        sigles = [word for word in words if word in SIGLES]
        subject = [word for word in words if word not in SIGLES]
        if not subject:
            return self._of_type(sigles)
        understanding = self._understand(subject)
        jobs = self._job_scores(understanding)
        scores = self._scores(understanding, jobs, sigles)
        best = max(scores.values(), default=0)
        least = max(_LEAST_SCORE, best * _LEAST_SHARE)
        ranked = sorted(
            (code for code, score in scores.items() if score >= least),
            key=lambda code: (-round(20 * scores[code]), *self._rank(code)),
        )
        return Found(
            [self._courses[code] for code in ranked],
            self._found_jobs(jobs),
            understanding.corrections,
            understanding.unknown,
            best,
            [self._courses[code] for code in ranked if scores[code] >= best * _CLOSE_SHARE],
        )

    def _understand(self, words):
        """Correct a word only when neither courses nor jobs have it."""
        understanding = self._index.understand(words, can_correct=False)
        names = self._names.understand(understanding.unknown, can_correct=False)
        for word in names.unknown:
            corrected = self._index.understand([word])
            other = self._names.understand([word])
            understanding.meanings[word] = {**other.meanings[word], **corrected.meanings[word]}
            understanding.corrections |= corrected.corrections or other.corrections
        for word in names.words:
            if names.meanings[word]:
                understanding.meanings[word] = names.meanings[word]
        return understanding

    def _scores(self, understanding, jobs, sigles):
        scores = dict(self._index.search(understanding))
        through_jobs = {}
        for job, (score, _) in jobs.items():
            for code in self._diplomas_of_job.get(job, ()):
                through_jobs[code] = max(min(score, 1) ** 2, through_jobs.get(code, 0))
        for code, score in through_jobs.items():
            own = scores.get(code, 0)
            scores[code] = max(own, 1 - (1 - min(own, 1)) * (1 - _THROUGH_JOB * score))
        for code in scores:
            is_other_type = sigles and not self._is_of_type(code, sigles)
            scores[code] *= self._standing(code) * (_OTHER_TYPE if is_other_type else 1)
        return scores

    def _standing(self, code):
        """How likely it is that somebody looks for this course rather than another of the same words."""
        course = self._courses[code]
        if course.is_closed:
            return (0.3, 0.65, 0.73)[course.tier]
        return (0.6, 0.88, 0.96)[course.tier] + (0.01 if course.is_recent else 0)

    def _rank(self, code):
        """Order of courses of about the same score."""
        course = self._courses[code]
        return (course.is_closed, -course.tier, course.level or 9, -course.weight, course.label, code)

    def _is_of_type(self, code, sigles):
        return all(
            any(
                word == wanted or (wanted == "bac" and word.startswith("bac"))
                for wanted in SAME_SIGLES.get(sigle, (sigle,))
                for word in self._type_words[code]
            )
            for sigle in sigles
        )

    def _of_type(self, sigles):
        codes = [code for code in self._courses if sigles and self._is_of_type(code, sigles)]
        codes.sort(key=lambda code: (-self._standing(code), *self._rank(code)))
        courses = [self._courses[code] for code in codes]
        return Found(courses, best=1.0 if codes else 0, closest=courses)

    def _by_code(self, query):
        code = re.sub(r"\s", "", query).upper()
        code = self._newest.get(code, code) if code not in self._courses else code
        return self._courses.get(code)

    def _job_scores(self, understanding):
        """{job: (score, name that matched best)}"""
        meanings = self._names.understand(
            [understanding.corrections.get(word, word) for word in understanding.words], can_correct=False
        )
        best = {}
        for (job, name, is_everyday), score in self._names.search(meanings).items():
            score = score / (1 + _COMPLETENESS) + (_EVERYDAY if is_everyday else 0)
            if score >= _LEAST_JOB_SCORE and score > best.get(job, (0,))[0]:
                best[job] = (score, name)
        return best

    def _found_jobs(self, jobs):
        ranked = sorted(
            jobs, key=lambda job: (-round(jobs[job][0], 2), -len(self._diplomas_of_job.get(job, ())), job)
        )
        return [
            FoundJob(
                job,
                self._job_labels[job],
                jobs[job][1],
                tuple(
                    self._courses[code]
                    for code in sorted(
                        self._diplomas_of_job.get(job, ()), key=lambda c: (-self._standing(c), *self._rank(c))
                    )
                ),
            )
            for job in ranked
        ]

    def _reach(self, job):
        """The standing of the likeliest course that leads to a job."""
        return max((self._standing(code) for code in self._diplomas_of_job.get(job, ())), default=0.5)

    def _read_diplomas(self, weights):
        counts = defaultdict(int)
        for code, number in weights.items():
            counts[self._newest.get(code, code)] += number
        for row in _rows_of_diplomas():
            key = self._newest.get(row.code, row.code)
            subject = without_sigles(row.label)
            self._index.add(key, subject, 1.0 if key == row.code else _FORMER)
            self._index.add(key, without_sigles(row.official_label), _OFFICIAL)
            self._index.add(key, spelt_out(row.speciality__label or ""), _SPECIALITY)
            if counts[key]:
                self._taught.add(key, subject)
            if key == row.code:
                self._type_words[key] = _type_words(row)
                self._courses[key] = _found_course(row, counts[key], self._formers.get(key, ()))

    def _read_domains(self):
        links = DiplomaDomain.objects.order_by().values_list(
            "diploma_id", "domain__label", "domain__parent__label"
        )
        for code, label, parent in links:
            self._index.add(self._newest.get(code, code), spelt_out(f"{label} {parent or ''}"), _DOMAIN)

    def _read_jobs(self):
        self._job_labels = dict(Job.objects.order_by().values_list("code", "label"))
        for job, label in self._job_labels.items():
            self._names.add((job, label, False), spelt_out(label))
        for job, name, is_everyday in JobName.objects.order_by().values_list("job_id", "name", "is_everyday"):
            self._names.add((job, name, is_everyday), spelt_out(name))
        self._diplomas_of_job = defaultdict(set)
        for code, job in DiplomaJob.objects.order_by().values_list("diploma_id", "job_id"):
            self._diplomas_of_job[job].add(self._newest.get(code, code))


def _rows_of_diplomas():
    return Diploma.objects.order_by().values_list(
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


def _type_words(row):
    """CS 3 and MC4 are found by CS and MC."""
    words = re.sub(r"\d", " ", spelt_out(f"{row.type__short_label or ''} {row.label}")).split()
    return {*words[:3], spelt_out(row.type__label or "")}


def _found_course(row, weight, formers):
    is_closed = bool(row.closed_on and row.closed_on <= date.today())
    return FoundCourse(
        row.code,
        row.label,
        row.slug,
        row.type_id or "",
        row.type__level,
        row.speciality__label or "",
        is_closed,
        row.opened_on,
        weight,
        formers,
    )
